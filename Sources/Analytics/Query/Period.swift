/// The time of which a query asks, half open.
package struct Period: Hashable, Sendable {
    package let start: Timestamp
    /// The first moment that is not part of it.
    package let end: Timestamp

    /// - Returns: nil if the end is before the start.
    package init?(from start: Timestamp, to end: Timestamp) {
        guard start <= end else { return nil }
        self.init(ordered: start, end)
    }

    init(ordered start: Timestamp, _ end: Timestamp) {
        self.start = start
        self.end = end
    }

    package func contains(_ moment: Timestamp) -> Bool { start <= moment && moment < end }
}
