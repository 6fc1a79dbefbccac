import HTTPTypes
import Hummingbird

/// Answers requests by the table of routes: calls the handler, gives an id to the answer, turns errors into problems,
/// and records the request.
struct RouteResponder: Sendable {
    let routes: RouteTable
    let recorder: RequestRecorder
    let clients: ClientRules
    /// Returns the answer to an error of a handler.
    let problem: @Sendable (any Error) -> Problem
    /// Returns the page about a problem for somebody who looks at pages; nil to answer with the problem itself.
    let page: @Sendable (Problem, Request, _ id: String) -> Response?

    func respond(to request: Request, context: RequestScope) async -> Response {
        let start = ContinuousClock.now
        let id = request.headers[.requestID].flatMap { $0.isRequestID ? $0 : nil } ?? context.requestID
        let match = routes.match(request.uri.path)
        var response = await answer(to: request, match, context, id)
        if request.method == .head { response = response.createHeadResponse() }
        response.headers[.requestID] = id
        if let route = match?.route, request.method != .options {
            response.headers.append(contentsOf: route.headers)
            if let cors = route.cors { response.headers.append(contentsOf: await cors.headers(for: request.headers)) }
        }
        recorder.count(
            RequestLabels(of: match?.route, method: request.method.rawValue, status: response.status.code)
        )
        recorder.noteTime(start.duration(to: .now))
        return response
    }

    private func answer(
        to request: Request,
        _ match: (route: Route, parameters: [String: String])?,
        _ scope: RequestScope,
        _ id: String
    ) async -> Response {
        do {
            if request.method == .options, request.uri.path == "*" {
                return Response(status: .noContent, headers: [.allow: routes.allow])
            }
            guard let match else { throw Problem(.notFound, "there is no such route") }
            if request.method == .options { return await options(of: match.route, request) }
            var scope = scope
            scope.pathParameters = match.parameters
            scope.clientRules = clients
            return try await handler(of: match.route, request.method)(request, scope)
        } catch {
            let problem = problem(error)
            let record = RequestRecord(method: request.method.rawValue, target: request.uri.path, id: id)
            recorder.noteRefusal(error, problem, of: record)
            // Programs get problems, also those that say that they take anything.
            let isPage = match.map { !$0.route.isDescribed } ?? true
            guard isPage, request.headers[.accept]?.contains("text/html") == true else { return problem.response }
            return page(problem, request, id) ?? problem.response
        }
    }

    private func handler(of route: Route, _ method: HTTPRequest.Method) throws(Problem) -> Route.Handler {
        if let handler = route.handler(for: method) { return handler }
        var problem = Problem(.methodNotAllowed, "this route takes \(route.allow)")
        problem.headers[.allow] = route.allow
        throw problem
    }

    private func options(of route: Route, _ request: Request) async -> Response {
        var headers: HTTPFields = [.allow: route.allow]
        if let cors = route.cors {
            headers.append(contentsOf: await cors.preflightHeaders(for: request.headers, methods: route.allow))
        }
        return Response(status: .noContent, headers: headers)
    }
}
