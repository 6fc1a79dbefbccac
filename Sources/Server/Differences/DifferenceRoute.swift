import Analytics
import HTTP
import HTTPTypes
import Hummingbird

/// The route `/api/v1/differences/query`, which tells why an answer to a query is another one than before.
struct DifferenceRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess
    let reader: BodyReader

    var route: Route { Route("/api/v1/differences/query", [.post: post], cors: access.cors) }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { try await answer(request, &$0) }
    }

    private func answer(_ request: Request, _ permission: inout Permission) async throws -> Answer {
        guard let value = try await reader.json(of: request, limit: QueryRoute.largestQuery) else {
            throw QueryRefusal("body", "a query is a JSON object of at most \(QueryRoute.largestQuery) bytes")
        }
        let document = try DifferenceDocument(value)
        // The causes are told of all hits of the site, and so without the filters of a share link.
        _ = try await permission.everything(of: document.query.site)
        var periods = PeriodReader(store)
        let asked = try await AskedDocument(document.query, &permission, &periods, store)
        let changes = try await store.changes(
            of: asked.query.site,
            in: asked.query.period,
            zone: asked.query.zone,
            between: document.before,
            and: document.after
        )
        return Answer(json: Difference(document, asked, changes).json)
    }
}
