import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry

/// The route `/api/v1/stats`, which answers questions in the parameters of a URL as a table.
struct TableRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var route: Route { Route("/api/v1/stats", [.get: get]) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await ReportAccess.answering { try await answer(request, scope) }
    }

    private func answer(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let table = try TableQuery(request.uri.query ?? "")
        guard let name = table.site else { throw QueryRefusal("site", "missing") }
        let site = try await access.site(name, Sender(request, scope, query: EventFields()).key)
        let zone = table.zone ?? site.zone
        let period = try await store.period(table.range, on: table.date, of: site.id, zone: zone)
        var query = Query(
            site: site.id,
            period: period,
            zone: zone,
            metrics: table.metrics,
            dimensions: table.dimensions
        )
        (query.filters, query.order) = (table.filters, table.order)
        (query.limit, query.offset) = (table.limit, table.offset)
        query.use(site)
        try query.checkCombinations()
        if let goal = query.unknownGoal { throw QueryRefusal("filter", "the site has no goal '\(goal)'") }
        let report = try await store.report(query)
        let answer = ReportTable(report, to: query)
        var response =
            switch table.format ?? (request.headers.prefersCSV ? .csv : .json) {
            case .json: Response(json: answer.json)
            case .csv: Response(csv: answer.csv)
            case .ndjson: Response(csv: answer.ndjson)
            }
        if table.format == .ndjson { response.headers[.contentType] = "application/x-ndjson" }
        response.headers.append(contentsOf: report.asOf)
        return response
    }
}

extension HTTPFields {
    /// True if the client asks for CSV.
    fileprivate var prefersCSV: Bool { self[.accept]?.lowercased().contains("text/csv") == true && !prefersJSON }
}
