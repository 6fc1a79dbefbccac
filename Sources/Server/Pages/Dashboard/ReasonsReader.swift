import Analytics
import Web

/// Finds how a number of a dashboard, or the rows of one of its panels, came about.
struct ReasonsReader: Sendable {
    let store: any EventStore
    /// True for readers who may write SQL, if there is a login for it.
    let mayWriteSQL: Bool

    /// The numbers of the tiles of all pages.
    static let metrics: [Metric] = DashboardView.dashboard.metrics + [.events, .timeOnPage, .scrollDepth]

    /// The most rows that are shown.
    private static let mostShown = 100

    /// Answers for a number or the rows of a panel.
    ///
    /// - Parameters:
    ///   - question: The question of the dashboard.
    ///   - source: The number, and the field of the rows.
    ///   - origin: The address of the server, with a slash at its end.
    /// - Returns: The page.
    /// - Throws: A `QueryError` or a `Problem`
    func answer(_ question: DashboardQuestion, _ source: DashboardSource, origin: String) async throws -> ReasonsPage {
        let queries: (whole: Query, rows: Query?)
        do { queries = try await self.queries(question, source) } catch let refusal as QueryRefusal {
            throw refusal.problem
        }
        let (site, period) = (queries.whole.site, queries.whole.period)
        let reports = try await store.reports([queries.whole] + [queries.rows].compactMap(\.self))
        // There is an answer to each query.
        let report = reports[0]
        let facts = ReasonsPage.Facts(
            value: report.rows.first?.values.first ?? source.metric.emptyValue,
            exactness: period.exactness(withDated: report.countsDatedVisitors),
            asOf: report.moment,
            start: period.start,
            end: period.end,
            zone: queries.whole.zone,
            leftOut: try? await store.leftOut(of: site, in: period),
            late: try? await store.lateHits(of: site, in: period).hits,
            withoutVisitor: report.hitsWithoutVisitor,
            rows: queries.rows == nil ? nil : reports.last.flatMap { rows($0, source) }
        )
        var asked = queries.rows ?? queries.whole
        if let limit = source.limit { asked.limit = limit }
        let path = question.address.answer(source, Links()).text
        let answered = reports.last ?? report
        return ReasonsPage(
            question.address,
            source,
            facts,
            curl: "curl -H 'Authorization: Bearer KEY' '\(origin)\(path.dropFirst())'",
            sql: answered.explained(asked),
            openedSQL: mayWriteSQL ? answered.explained(asked, over: .ofOneSite).text : nil,
            faults: question.faults
        )
    }

    /// The query of all hits, and that of the rows of the panel.
    private func queries(
        _ question: DashboardQuestion,
        _ source: DashboardSource
    ) async throws -> (whole: Query, rows: Query?) {
        var whole = try await question.query(in: store)
        whole.metrics = [source.metric]
        try question.access.check(whole)
        try whole.checkCombinations()
        guard let field = source.by else { return (whole, nil) }
        guard let dimension = FieldName.dimension(field.name) else { throw PageFailure.notFound }
        var rows = whole
        rows.dimensions = [dimension]
        try question.access.check(rows)
        try rows.checkCombinations()
        return (whole, rows)
    }

    private func rows(_ report: Report, _ source: DashboardSource) -> ReasonsPage.Rows? {
        guard let field = source.by else { return nil }
        let counts = report.rows.compactMap { row in
            if case .count(let count)? = row.values.first { count } else { nil as Int? }
        }
        let isWhole = report.rows.count == report.total && counts.count == report.total && source.metric.isCounted
        return ReasonsPage.Rows(
            by: field,
            shown: report.rows.prefix(source.limit ?? Self.mostShown).map { row in
                (row.dimensions.first ?? "", row.values.first ?? source.metric.emptyValue)
            },
            total: report.total,
            sum: isWhole ? counts.reduce(0, &+) : nil
        )
    }
}
