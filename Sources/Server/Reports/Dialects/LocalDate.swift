import Analytics

extension EventStore {
    /// The date that a moment has in the zone of a site, as `2026-01-31`.
    ///
    /// - Parameters:
    ///   - moment: The moment, from 1970 to 9998.
    ///   - site: The site.
    /// - Returns: The date.
    /// - Throws: `QueryError`
    func date(of moment: Timestamp, in site: Site) async throws -> String {
        // The date in UTC, or one of its neighbours.
        let day = try await period(.day, on: moment.date, of: site.id, zone: site.zone)
        if moment < day.start { return moment.advanced(by: .seconds(-86_400)).date }
        if moment >= day.end { return moment.advanced(by: .seconds(86_400)).date }
        return moment.date
    }
}

extension Timestamp {
    /// The date in UTC.
    fileprivate var date: String { String(text.prefix(10)) }
}
