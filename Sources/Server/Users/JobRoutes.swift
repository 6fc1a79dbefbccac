import Analytics
import HTTP
import HTTPTypes
import Hummingbird

/// The routes `/api/v1/jobs` and `/api/v1/jobs/{id}`: the tasks of a site that take longer than a request.
struct JobRoutes: Sendable {
    let store: any EventStore
    let control: AccessControl

    static let path = "/api/v1/jobs"

    var routes: [Route] {
        [Route(PathTemplate(Self.path), [.get: list]), Route(PathTemplate(Self.path + "/{id}"), [.get: get])]
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = try PageQuery((request.uri.query ?? "").utf8.span)
        let access = try await control.managing(request, query.site)
        let last = try query.from.map { text in
            guard let id = text.number else { throw Problem(.badRequest, "not the id of a job", field: "from") }
            return id
        }
        let jobs = try await store.jobs(of: access.site.id, before: last, limit: query.limit + 1)
        let page = jobs.prefix(query.limit)
        var response = Response(json: .object(["jobs": .array(page.map(\.json))]))
        if jobs.count > page.count, let next = page.last {
            response.headers[.link] = query.link(Self.path, next: "\(next.id)")
        }
        return response
    }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = try PageQuery((request.uri.query ?? "").utf8.span)
        let access = try await control.managing(request, query.site)
        guard let id = scope.pathParameters["id"]?.number, id < .max,
            let job = try await store.jobs(of: access.site.id, before: id + 1, limit: 1).first, job.id == id
        else { throw Problem(.notFound, "the site has no such job") }
        return Response(json: job.json)
    }
}

extension Job {
    /// The job as clients get it.
    var json: JSON {
        .object([
            "id": .number(id), "kind": .text(kind), "state": .text(state), "progress": .real(progress),
            "error": error.map(JSON.text), "created": .text(created.text), "ended": ended.map { .text($0.text) },
        ])
    }
}
