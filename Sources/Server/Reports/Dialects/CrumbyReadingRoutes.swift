import Analytics
import HTTP
import HTTPTypes
import Hummingbird

/// The routes `/api/public/{query}` and `/api/private/{query}`, which answer what Crumby has built in.
struct CrumbyReadingRoutes: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var routes: [Route] {
        [
            Route(
                "/api/public/{query}",
                [
                    .get: { request, scope in
                        try await answering(request, scope, CrumbyQuery.open) { try await $0.aggregates(of: $1) }
                    }
                ],
                cors: access.cors
            ),
            Route(
                "/api/private/{query}",
                [
                    .get: { request, scope in
                        try await answering(request, scope, CrumbyQuery.closed) { try await $0.everything(of: $1) }
                    }
                ],
                cors: access.cors
            ),
        ]
    }

    private func answering(
        _ request: Request,
        _ scope: RequestScope,
        _ queries: [String: CrumbyQuery],
        permitted: (inout Permission, SiteName?) async throws -> Access
    ) async throws -> Response {
        try await access.answering(request) { permission in
            let parameters = request.uri.queryParameters.reduce(into: [String: String]()) {
                $0[String($1.key)] = String($1.value)
            }
            let name = try parameters["site"].map { try SiteName(parsing: $0.utf8Span.span) }
            let access = try await permitted(&permission, name)
            guard let asked = scope.pathParameters["query"].flatMap({ queries[$0] }) else {
                throw Problem(.notFound, "there is no such query here", field: "query")
            }
            let period = try await CrumbyRange(parameters).period(store, access.site)
            var query = Query(
                site: access.site.id,
                period: period,
                zone: access.site.zone,
                metrics: asked.metrics,
                dimensions: asked.dimensions
            )
            query.use(access.site)
            query.filters = asked.filters
            let report = try await store.report(try access.narrowed(query))
            var answer = Answer(json: asked.json(report))
            answer.headers.append(contentsOf: report.asOf)
            return answer
        }
    }
}
