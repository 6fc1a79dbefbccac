import Analytics
import Web

/// Finds how a number of a dashboard came about.
struct ReasonsReader: Sendable {
    let store: any EventStore

    /// The numbers of the tiles of all pages.
    static let metrics: [Metric] = DashboardView.dashboard.metrics + [.events, .timeOnPage, .scrollDepth]

    /// Answers for a number.
    ///
    /// - Parameters:
    ///   - question: The question of the dashboard.
    ///   - metric: The number.
    ///   - origin: The address of the server, with a slash at its end.
    ///   - links: The addresses within the server.
    /// - Returns: The page.
    /// - Throws: A `QueryError`, a `Problem`, or `PageFailure.notFound` for a number that cannot be told of these hits
    func answer(
        _ question: DashboardQuestion,
        _ metric: Metric,
        origin: String,
        _ links: Links
    ) async throws -> ReasonsPage {
        var query = try await question.query(in: store)
        guard query.takes(metric) else { throw PageFailure.notFound }
        query.metrics = [metric]
        try question.access.check(query)
        let (site, period) = (query.site, query.period)
        let report = try await store.report(query)
        let facts = ReasonsPage.Facts(
            value: report.rows.first?.values.first ?? metric.emptyValue,
            exactness: period.exactness(withDated: report.countsDatedVisitors),
            asOf: report.moment,
            start: period.start,
            end: period.end,
            zone: query.zone,
            leftOut: try? await store.leftOut(of: site, in: period),
            late: try? await store.lateHits(of: site, in: period).hits,
            withoutVisitor: report.hitsWithoutVisitor
        )
        let path = question.address.table([metric], by: nil, "json", Links()).text
        let curl = "curl -H 'Authorization: Bearer KEY' '\(origin)\(path.dropFirst())'"
        return ReasonsPage(question.address, metric, facts, curl: curl, sql: ExplainedQuery(query))
    }
}
