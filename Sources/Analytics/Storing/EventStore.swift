/// Takes events and answers questions about them.
package protocol EventStore: Sendable {
    /// The first moment whose events are kept, as far as the store knows; nil when all are.
    var keptSince: Timestamp? { get }
    /// The numbers that the store counts and measures, for `/metrics`.
    ///
    /// No two have the same name and the same labels.
    var measurements: [Measurement] { get }

    /// Commits a batch, exactly once: the same batch may be sent again.
    ///
    /// - Returns: The outcome of each entry, in order.
    /// - Throws: `WriteError`.
    func append(_ batch: Batch) async throws -> [Outcome]

    /// Counts the events of a site in the hour that ends at a moment, both ends included.
    ///
    /// The counts are exact: they include every batch whose `append` has returned.
    ///
    /// - Throws: `QueryError`.
    func hour(of site: SiteID, endingAt moment: Timestamp) async throws -> HourReport

    /// The site of a name that was found lately, without waiting; nil to ask with `site(named:)`.
    func recentSite(named name: SiteName) -> SiteID?

    /// Finds the site of a name.
    ///
    /// - Returns: The site; nil if there is none of this name.
    /// - Throws: `QueryError`.
    func site(named name: SiteName) async throws -> SiteID?

    /// Examines everything that requests need of the store, for `/readyz`.
    ///
    /// - Returns: The checks, each under a name of its own.
    func checks() async -> [Check]
}
