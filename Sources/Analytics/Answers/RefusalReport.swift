/// The refusals of a site: their numbers by hour and reason, and the last of them.
package struct RefusalReport: Sendable {
    package struct Count: Sendable {
        /// The beginning of the hour.
        package let hour: Timestamp
        package let reason: String
        package let count: Int

        package init(hour: Timestamp, reason: String, count: Int) {
            self.hour = hour
            self.reason = reason
            self.count = count
        }
    }

    /// The counts, the latest hour first.
    package let counts: [Count]
    /// The last hundred of a day, the latest first.
    package let hits: [RefusedHit]

    /// The most counts of a report.
    package static let mostCounts = 10_000
    /// True if there may be more counts, of hours before.
    package var isCut: Bool { counts.count >= Self.mostCounts }

    package init(counts: [Count], hits: [RefusedHit]) {
        self.counts = counts
        self.hits = hits
    }
}
