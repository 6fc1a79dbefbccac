import Analytics
import HTTP
import Hummingbird
import Registry

/// The route `/api/v1/stats`, which answers questions in the parameters of a URL as a table.
struct TableRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var route: Route { Route("/api/v1/stats", [.get: get], cors: access.cors, headers: [.vary: "Accept"]) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { try await answer(request, &$0) }
    }

    private func answer(_ request: Request, _ permission: inout Permission) async throws -> Answer {
        let table = try TableQuery(request.uri.query ?? "")
        guard let name = table.site else { throw QueryRefusal("site", "missing") }
        let access = try await permission.aggregates(of: name)
        let site = access.site
        let zone = table.period.zone ?? site.zone
        let period = try await store.period(
            try table.period.range(),
            on: table.period.date,
            of: site.id,
            zone: zone
        )
        var query = Query(
            site: site.id,
            period: period,
            zone: zone,
            metrics: table.metrics,
            dimensions: table.dimensions
        )
        (query.filters, query.order) = (try table.allFilters(with: site.segments), table.order)
        (query.limit, query.offset, query.includesBots) = (table.limit, table.offset, table.includesBots)
        query.use(site)
        query = try access.narrowed(query)
        try query.checkCombinations()
        if let goal = query.unknownGoal { throw QueryRefusal("filter", "the site has no goal '\(goal)'") }
        let report = try await store.report(query)
        var answer = Answer(
            ReportTable(report, to: query),
            as: table.format ?? TableFormat(preferredBy: request.headers)
        )
        answer.headers.append(contentsOf: report.asOf)
        return answer
    }
}
