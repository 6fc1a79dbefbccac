import Analytics
import HTTP
import Hummingbird

/// The route `/api/v1/stats/realtime/visitors` of Plausible's Stats API v1: the visitors of the last five minutes.
struct PresentVisitorsRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var route: Route { Route("/api/v1/stats/realtime/visitors", [.get: get], cors: access.cors) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { permission in
            let parameters = request.uri.queryParameters.first { $0.key == "site_id" }
            let site = try StatsQuery.site(parameters.map { String($0.value) })
            let access = try await permission.aggregates(of: site)
            let source = FilteredSource(store: store, site: access.site, filters: try access.filters)
            return Answer(json: .number(try await source.presentVisitors(at: .now)))
        }
    }
}
