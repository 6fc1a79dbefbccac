package import Analytics

/// The live figures of a site at a moment.
package struct LiveFigures: Sendable {
    let counts: RecentCounts
    let hour: HourReport
    /// The last hits, the latest first; nil for a reader who may not see hits.
    let hits: [LiveHit]?
    /// True if newer figures cannot be had now.
    let isBehind: Bool

    /// - Parameters:
    ///   - counts: The people of the last half hour.
    ///   - hour: The counts of the hour that ends at the moment.
    ///   - hits: The last hits, the latest first; nil for a reader who may not see hits.
    ///   - isBehind: True if newer figures cannot be had now.
    package init(_ counts: RecentCounts, hour: HourReport, hits: [LiveHit]?, isBehind: Bool) {
        self.counts = counts
        self.hour = hour
        self.hits = hits
        self.isBehind = isBehind
    }
}
