import Analytics

/// The periods of the queries of a request, each of which the database is asked for once.
struct PeriodReader {
    private struct Key: Hashable {
        let range: DateRange
        let site: SiteID
        let zone: String
    }

    private let store: any EventStore
    private var known: [Key: Period] = [:]

    init(_ store: any EventStore) { self.store = store }

    /// The period that a range of dates is.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - site: The site.
    ///   - zone: The zone of the dates.
    /// - Returns: The period.
    /// - Throws: A `QueryError`
    mutating func period(_ range: DateRange, of site: SiteID, zone: String) async throws -> Period {
        let key = Key(range: range, site: site, zone: zone)
        if let period = known[key] { return period }
        let period = try await store.period(range, on: nil, of: site, zone: zone)
        known[key] = period
        return period
    }
}
