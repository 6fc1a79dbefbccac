import Analytics
import HTTP
import HTTPTypes
import Hummingbird

/// The routes `/api/v1/get-metrics/{project}` and `/api/v1/list-events/{project}`, which answer as Trail does; a project
/// is a site.
struct TrailReadingRoutes: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var routes: [Route] {
        [
            Route("/api/v1/get-metrics/{project}", [.get: metrics], cors: access.cors, mayEndWithSlash: true),
            Route("/api/v1/list-events/{project}", [.get: events], cors: access.cors, mayEndWithSlash: true),
        ]
    }

    @Sendable private func metrics(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { permission in
            let access = try await permission.aggregates(of: try scope.project)
            let asked = try TrailPeriod(request.trailParameters)
            let period = try await days(of: asked, in: access.site)
            let visitors = try await report(access, period, [.visitors], by: [.time(.day)])
            let events = try await report(access, period, [.events, .pageviews], by: [.time(.day), .hit(.name)])
            guard let metrics = TrailMetrics(visitors: visitors, events: events) else {
                throw QueryRefusal("end_time", "more than \(TrailMetrics.mostNumbers) numbers: ask for fewer days")
            }
            var answer = Answer(json: metrics.json)
            answer.headers.append(contentsOf: visitors.asOf)
            return answer
        }
    }

    @Sendable private func events(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { permission in
            let site = try await permission.everything(of: try scope.project).site
            let list = try TrailEventList(request.trailParameters, of: site)
            return Answer(json: try await list.json(from: store))
        }
    }

    /// The whole days from that of the start to that of the end, in the zone of the site.
    private func days(of asked: TrailPeriod, in site: Site) async throws -> Period {
        let first = try await store.date(of: asked.start, in: site)
        let last = try await store.date(of: asked.end, in: site)
        return try await store.period(.dates(first, last), on: nil, of: site.id, zone: site.zone)
    }

    private func report(
        _ access: Access,
        _ period: Period,
        _ metrics: [Metric],
        by dimensions: [Dimension]
    ) async throws -> Report {
        let site = access.site
        var query = Query(site: site.id, period: period, zone: site.zone, metrics: metrics, dimensions: dimensions)
        query.use(site)
        query.limit = Query.limits.groups
        return try await store.report(try access.narrowed(query))
    }
}

extension RequestScope {
    /// The site that the path names as a project.
    fileprivate var project: SiteName {
        get throws { try SiteName(parsing: (pathParameters["project"] ?? "").utf8Span.span) }
    }
}

extension Request {
    fileprivate var trailParameters: [String: String] {
        uri.queryParameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) }
    }
}
