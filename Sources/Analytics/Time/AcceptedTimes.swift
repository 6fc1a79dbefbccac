/// The times that events may have.
package struct AcceptedTimes: Sendable {
    package let earliest: Timestamp
    /// How far an event may be ahead of the server's clock.
    package let ahead: Duration
    /// How far an event may be behind the server's clock; nil where that does not matter.
    package let retention: Duration?

    package init(
        earliest: Timestamp = Timestamp(milliseconds: 0),
        ahead: Duration = .seconds(86_400),
        retention: Duration? = nil
    ) {
        self.earliest = earliest
        self.ahead = ahead
        self.retention = retention
    }

    /// The range as it is at a moment of the server's clock.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - keptSince: The first moment whose events the database keeps; nil when it keeps all.
    /// - Returns: The times from the first to the last that an event may have.
    package func range(at now: Timestamp, keptSince: Timestamp? = nil) -> ClosedRange<Timestamp> {
        let kept = retention.map { now.advanced(by: .zero - $0) } ?? earliest
        let first = max(earliest, kept, keptSince ?? earliest)
        return first...max(first, now.advanced(by: ahead))
    }
}
