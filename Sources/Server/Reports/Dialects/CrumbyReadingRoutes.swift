import Analytics
import HTTP
import HTTPTypes
import Hummingbird

/// The answers to what Crumby has built in, which are reports.
struct CrumbyReadingRoutes: Sendable {
    let store: any EventStore
    let access: ReportAccess

    /// True if there is an answer to a question.
    static func knows(_ name: String, _ audience: SavedQuery.Audience) -> Bool { queries(audience)[name] != nil }

    private static func queries(_ audience: SavedQuery.Audience) -> [String: CrumbyQuery] {
        switch audience {
        case .public: CrumbyQuery.open
        case .private: CrumbyQuery.closed
        }
    }

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - asked: The name of the question.
    ///   - audience: Those who may ask it.
    /// - Returns: The answer.
    /// - Throws: A `Problem`
    func answer(_ request: Request, _ asked: String, _ audience: SavedQuery.Audience) async throws -> Response {
        try await answering(request, asked, Self.queries(audience)) { permission, site in
            switch audience {
            case .public: try await permission.aggregates(of: site)
            case .private: try await permission.everything(of: site)
            }
        }
    }

    private func answering(
        _ request: Request,
        _ asked: String,
        _ queries: [String: CrumbyQuery],
        permitted: (inout Permission, SiteName?) async throws -> Access
    ) async throws -> Response {
        try await access.answering(request) { permission in
            let parameters = request.uri.queryParameters.reduce(into: [String: String]()) {
                $0[String($1.key)] = String($1.value)
            }
            let name = try parameters["site"].map { try SiteName(parsing: $0.utf8Span.span) }
            let access = try await permitted(&permission, name)
            guard let asked = queries[asked] else {
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
