import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry

/// The route `/api/v1/refusals`: how many hits of a site were refused and why, and the last of them.
struct RefusalRoute: Sendable {
    let store: any EventStore
    let control: AccessControl

    /// The time that is answered for.
    private static let period: Duration = .seconds(7 * 86_400)

    var route: Route { Route("/api/v1/refusals", [.get: get]) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = (request.uri.query ?? "").utf8.span
        let fields = EventFields(form: query)
        let name = try SiteName(fields, in: query)
        let asker = try await control.asker(of: request)
        let access = try await control.access { (rules) throws(AccessRules.Refusal) in
            // Hits are shown, so a public site does not do.
            try rules.reading(name, asker)
        }
        let since = Timestamp.now.advanced(by: .zero - Self.period)
        let report = try await store.refusals(of: access.site.id, since: since)
        return Response(
            json: .object([
                "site": .text(access.site.name.text),
                "since": .text(since.text),
                "counts": .array(report.counts.map(\.json)),
                "hits": .array(report.hits.map(\.json)),
            ])
        )
    }
}

extension RefusalReport.Count {
    fileprivate var json: JSON {
        .object(["hour": .text(hour.text), "reason": .text(reason), "count": .number(count)])
    }
}

extension RefusedHit {
    fileprivate var json: JSON {
        .object(["time": .text(time.text), "reason": .text(reason), "hit": .raw(hit)])
    }
}
