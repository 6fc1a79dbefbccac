import Analytics
import Web

/// Finds how a number of a dashboard came about.
struct ReasonsReader: Sendable {
    let store: any EventStore

    /// Answers for a number.
    ///
    /// - Parameters:
    ///   - question: The question of the dashboard.
    ///   - metric: The number.
    ///   - origin: The address of the server, with a slash at its end.
    ///   - links: The addresses within the server.
    /// - Returns: The page.
    /// - Throws: A `QueryError` or a `Problem`
    func answer(
        _ question: DashboardQuestion,
        _ metric: Metric,
        origin: String,
        _ links: Links
    ) async throws -> ReasonsPage {
        let (table, site) = (try question.table, question.site)
        let zone = table.period.zone ?? site.zone
        let range = try table.period.range()
        let period = try await store.period(range, on: table.period.date, of: site.id, zone: zone)
        var query = Query(site: site.id, period: period, zone: zone, metrics: [metric])
        query.filters = try table.allFilters(with: site.segments)
        query.use(site)
        query = try question.access.narrowed(query)
        let report = try await store.report(query)
        let facts = ReasonsPage.Facts(
            value: report.rows.first?.values.first ?? metric.emptyValue,
            exactness: period.exactness(withDated: report.countsDatedVisitors),
            asOf: report.moment,
            start: period.start,
            end: period.end,
            zone: zone,
            leftOut: try? await store.leftOut(of: site.id, in: period),
            late: try? await store.lateHits(of: site.id, in: period).hits,
            withoutVisitor: report.hitsWithoutVisitor
        )
        let path = question.address.table([metric], by: nil, "json", Links()).text
        let curl = "curl -H 'Authorization: Bearer KEY' '\(origin)\(path.dropFirst())'"
        return ReasonsPage(question.address, metric, facts, curl: curl, sql: ExplainedQuery(query))
    }
}
