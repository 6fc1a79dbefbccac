/// The rules for the times of events.
package struct AcceptedTimes: Sendable {
    package let earliest: Timestamp
    /// The furthest that an event may be ahead of the server's clock.
    package let ahead: Duration
    /// The furthest that an event may be behind the server's clock; nil for no limit.
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

    /// The accepted range at a moment of the server's clock.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - keptSince: The first moment whose events the database keeps; nil if it keeps all.
    /// - Returns: The earliest to the latest accepted time.
    package func range(at now: Timestamp, keptSince: Timestamp? = nil) -> ClosedRange<Timestamp> {
        let kept = retention.map { now.advanced(by: .zero - $0) } ?? earliest
        let first = max(earliest, kept, keptSince ?? earliest)
        return first...max(first, now.advanced(by: ahead))
    }
}
