import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry
import Web

/// The routes `/api/v1/users/{user}`: what is known about a named user of a site, and the forgetting of the user.
struct UserRoutes: Sendable {
    let store: any EventStore
    let control: AccessControl

    private static let path: PathTemplate = "/api/v1/users/{user}"

    var route: Route { Route(Self.path, [.get: get, .delete: delete]) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = try PageQuery((request.uri.query ?? "").utf8.span)
        let (user, access, visitor) = try await user(request, scope, query)
        let first = try query.from.map { text in
            guard let cursor = UserReport.Cursor(text) else {
                throw Problem(.badRequest, "not a place of a Link", field: "from")
            }
            return cursor
        }
        let report = try await store.user(visitor, of: access.site.id, from: first, limit: query.limit)
        guard let report else { throw Problem(.notFound, "nothing is known about this user") }
        var response = Response(json: report.json)
        if let next = report.next {
            response.headers[.link] = query.link("/api/v1/users/\(user.text.percentEncoded)", next: next.text)
        }
        return response
    }

    @Sendable private func delete(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = try PageQuery((request.uri.query ?? "").utf8.span)
        let (user, access, visitor) = try await user(request, scope, query)
        let job = try await store.forget(user, visitor, of: access.site.id)
        var response = Response(status: .accepted, json: job.json)
        response.headers[.location] = "\(JobRoutes.path)/\(job.id)"
        return response
    }

    /// The user that a request names, and the visitor that is computed from the name.
    private func user(
        _ request: Request,
        _ scope: RequestScope,
        _ query: PageQuery
    ) async throws -> (User, Access, Visitor) {
        let access = try await control.managing(request, query.site)
        let user = try User(parsing: (scope.pathParameters["user"] ?? "").utf8Span.span)
        guard let secret = try await control.rules().registry.secret(of: access.site.id) else {
            throw RegistryFailure.stale
        }
        return (user, access, VisitorKey(secret).visitor(named: user))
    }
}

extension UserReport {
    fileprivate var json: JSON {
        .object([
            "user": .text(user.text),
            "traits": .raw(traits),
            "first_seen": .text(firstSeen.text),
            "last_seen": .text(lastSeen.text),
            "hits": .array(hits.map(JSON.raw)),
        ])
    }
}

extension UserReport.Cursor {
    /// The place as it is written in links: milliseconds since 1970, and the number of hits to leave out.
    fileprivate var text: String { "\(time.milliseconds)-\(skipped)" }

    fileprivate init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { String($0).number }
        guard parts.count == 2, let time = parts[0], let skipped = parts[1], time <= Timestamp.latest.milliseconds,
            skipped <= Int32.max - Int32(PageQuery.limits.upperBound) - 1
        else { return nil }
        self.init(time: Timestamp(milliseconds: time), skipped: skipped)
    }
}
