import Analytics
import HTTP
import Hummingbird
import Ingest

/// The route `/api/v1/hours`: the counts of many hours, which end at equal distances.
struct HoursRoute: Sendable {
    let store: any EventStore
    let control: AccessControl

    var route: Route { Route("/api/v1/hours", [.get: get]) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await ReportAccess.answering {
            let query = try HoursQuery(request.uri.query ?? "")
            // The hour of the standard site is open to the same as in /analytics.
            let sender = Sender(request, scope, query: EventFields())
            let access = try await control.access { (rules) throws(AccessRules.Refusal) in
                try rules.askingHour(query.site, key: sender.key)
            }
            let reports = try await store.hours(of: access.site.id, endingAt: query.steps)
            return Answer(query.table(reports), as: query.format ?? TableFormat(preferredBy: request.headers)).response
        }
    }
}
