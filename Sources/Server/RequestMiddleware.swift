import HTTPTypes
import Hummingbird
import Logging

/// Around every request: its id, the answer to its errors, the count of it and the log.
struct RequestMiddleware: RouterMiddleware {
    /// The methods of each route; a request with another one is answered 405.
    static let routes: [String: [HTTPRequest.Method]] = [
        "/analytics": [.get, .head, .options, .post],
        "/healthz": [.get, .head, .options],
        "/readyz": [.get, .head, .options],
        "/metrics": [.get, .head, .options],
        "/openapi.json": [.get, .head, .options],
    ]

    let meters: Meters
    let refusals: RefusalLog

    @concurrent
    func handle(
        _ request: Request,
        context: RequestScope,
        next: @concurrent (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let id = request.headers[.requestID].flatMap { $0.isRequestID ? $0 : nil } ?? context.requestID
        var response: Response
        do {
            if let answer = try answerByMethod(request) {
                response = answer
            } else {
                response = try await next(request, context)
            }
        } catch {
            let problem = problem(for: error)
            response = problem.response
            refusals.note(error, problem, method: request.method.rawValue, target: request.uri.path, id: id)
        }
        if request.method == .head { response = response.createHeadResponse() }
        response.headers[.requestID] = id
        note(request, response.status, start.duration(to: .now))
        return response
    }

    private func answerByMethod(_ request: Request) throws -> Response? {
        let path = request.uri.path
        if request.method == .options, path == "*" {
            return Response(status: .noContent, headers: [.allow: "GET, HEAD, OPTIONS, POST"])
        }
        guard let methods = Self.routes[path] else { throw Problem(.notFound, "there is no such route") }
        if request.method != .options && methods.contains(request.method) { return nil }
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        if request.method == .options { return Response(status: .noContent, headers: [.allow: allow]) }
        var problem = Problem(.methodNotAllowed, "this route takes \(allow)")
        problem.headers[.allow] = allow
        throw problem
    }

    private func note(_ request: Request, _ status: HTTPResponse.Status, _ duration: Duration) {
        let labels = Meters.RequestLabels(
            path: request.uri.path,
            method: request.method.rawValue,
            status: status.code
        )
        meters.requests.add(1, labels)
        meters.requestSeconds.observe(duration / .seconds(1))
    }
}

extension Meters.RequestLabels {
    /// What is not ours is called `other`.
    init(path: String, method: String, status: Int) {
        let isKnown = RequestMiddleware.routes[path]?.contains { $0.rawValue == method } ?? false
        self.init(route: isKnown ? path : "other", method: isKnown ? method : "other", status: status)
    }
}

extension RequestScope {
    /// The id that Hummingbird gave the request; `id` would trap with a logger that keeps no metadata.
    fileprivate var requestID: String {
        logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
    }
}
