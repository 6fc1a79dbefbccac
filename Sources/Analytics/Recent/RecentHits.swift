/// The hits of a site in the last half hour, by all servers.
package protocol RecentHits: Sendable {
    /// Reads what has changed since the last reading; one reading at a time.
    ///
    /// The numbers are exact: they include every batch whose `append` has returned, on any server. A hit that was
    /// stored since is new once, also if other readings have failed meanwhile, as long as it is of the last half hour.
    ///
    /// - Parameters:
    ///   - moment: The moment that ends the half hour; that of the last reading, if it is before that.
    ///   - most: The most new hits, of which the latest are taken.
    /// - Returns: The counts and the new hits; of the first reading all of the half hour are new.
    /// - Throws: `QueryError`
    func read(at moment: Timestamp, hits most: Int) async throws -> RecentReading
}

/// A reading of the hits of the last half hour.
package struct RecentReading: Sendable {
    package let counts: RecentCounts
    /// The number of new hits but those of machines.
    package let arrived: Int
    /// The last of the new hits in order of time, each with the values of the columns of `ListQuery.Kind.events`.
    package let hits: [[ListedRow.Value?]]

    package init(counts: RecentCounts, arrived: Int, hits: [[ListedRow.Value?]]) {
        self.counts = counts
        self.arrived = arrived
        self.hits = hits
    }
}
