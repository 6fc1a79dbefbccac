import Analytics
import HTTP
import Hummingbird

/// The route `/api/v1/hours`: the counts of many hours, which end at equal distances.
struct HoursRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var route: Route { Route("/api/v1/hours", [.get: get], cors: access.cors, headers: [.vary: "Accept"]) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { permission in
            let query = try HoursQuery(request.uri.query ?? "")
            let site = try await permission.hours(of: query.site).site
            let reports = try await store.hours(of: site.id, endingAt: query.steps)
            return Answer(query.table(reports), as: query.format ?? TableFormat(preferredBy: request.headers))
        }
    }
}
