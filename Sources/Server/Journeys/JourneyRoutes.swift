import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The routes that answer questions about what visitors do one after another.
struct JourneyRoutes: Sendable {
    let store: any EventStore
    let access: ReportAccess
    let reader: BodyReader

    var routes: [Route] {
        [
            Route("/api/v1/funnels/query", [.post: { request, _ in try await funnel(request) }], cors: access.cors),
            Route(
                "/api/v1/retention/query",
                [.post: { request, _ in try await retention(request) }],
                cors: access.cors
            ),
            Route("/api/v1/paths/query", [.post: { request, _ in try await paths(request) }], cors: access.cors),
        ]
    }

    private func funnel(_ request: Request) async throws -> Response {
        try await answering(request, FunnelDocument.init, \.journey) { document, selection, access in
            let query = try document.query(selection, access)
            let report = try await store.funnel(query)
            return (report.json(to: query, access.site), report.moment)
        }
    }

    private func retention(_ request: Request) async throws -> Response {
        try await answering(request, RetentionDocument.init, \.journey) { document, selection, access in
            let query = try document.query(selection, access)
            let report = try await store.retention(query)
            return (report.json(to: query, access.site), report.moment)
        }
    }

    private func paths(_ request: Request) async throws -> Response {
        try await answering(request, PathDocument.init, \.journey) { document, selection, access in
            let query = document.query(selection)
            let report = try await store.paths(query)
            return (report.json(to: query, access.site), report.moment)
        }
    }

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - read: Reads the members of the body.
    ///   - journey: What the question has in common with the others.
    ///   - answer: Finds the answer among the hits that count, and the moment of which it is.
    /// - Returns: The answer.
    /// - Throws: A `Problem`
    private func answering<Document>(
        _ request: Request,
        _ read: ([String: JSONValue]) throws(QueryRefusal) -> Document,
        _ journey: (Document) -> JourneyDocument,
        _ answer: (Document, Query, Access) async throws -> (JSON, Timestamp)
    ) async throws -> Response {
        try await access.answering(request) { permission in
            let document = try read(try await members(of: request))
            let common = journey(document)
            let access = try await permission.aggregates(of: common.site)
            let site = access.site
            let zone = common.zone ?? site.zone
            let period = try await store.period(common.range, on: nil, of: site.id, zone: zone)
            let selection = try access.narrowed(common.selection(of: site, in: period))
            if let goal = selection.unknownGoal { throw QueryRefusal.unknownGoal(goal) }
            let (json, moment) = try await answer(document, selection, access)
            var answer = Answer(json: json)
            answer.headers[.analyticsAsOf] = moment.text
            return answer
        }
    }

    private func members(of request: Request) async throws -> [String: JSONValue] {
        guard let members = try await reader.json(of: request, limit: QueryRoute.largestQuery)?.object else {
            throw QueryRefusal("body", "a query is a JSON object of at most \(QueryRoute.largestQuery) bytes")
        }
        return members
    }
}
