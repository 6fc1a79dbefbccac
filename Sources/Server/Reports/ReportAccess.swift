import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The frame of the routes that answer questions: who may ask, how refusals are written, how long an answer may be kept,
/// and which pages may read it.
struct ReportAccess: Sendable {
    let control: AccessControl
    var dialect = Dialect.plausible

    /// The permission for pages of the origins that some site lists; each answer follows the site that it is about.
    var cors: CORSPolicy {
        let registry = control.registry
        return CORSPolicy(
            // Before the registry is known, no site lists anything.
            origins: .decided { (try? await registry.snapshot())?.hasReaders(at: $0) ?? false },
            headers: ["Authorization", "Content-Type", "If-None-Match"],
            exposed: ["Analytics-As-Of", "ETag", "Link"],
            // The origins of a site may change.
            maximumAge: 600
        )
    }

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - body: Finds the answer, after the permission.
    /// - Returns: The answer with an entity tag, as 304 if the client has it; a `POST` has none.
    /// - Throws: A `Problem`
    func answering(
        _ request: Request,
        _ body: (inout Permission) async throws -> Answer
    ) async throws -> Response {
        try await responding(request) { permission in
            let answer = try await body(&permission)
            let isConditional = request.method == .get || request.method == .head
            return (isConditional ? answer.tagged(for: request) : answer).response
        }
    }

    /// Answers a question whose answer may be long, and has no entity tag.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - body: Finds the answer, after the permission.
    /// - Returns: The answer.
    /// - Throws: A `Problem`
    func responding(
        _ request: Request,
        _ body: (inout Permission) async throws -> Response
    ) async throws -> Response {
        var permission = Permission(control: control, asker: try await control.asker(of: request), dialect: dialect)
        do {
            var response = try await body(&permission)
            response.headers[.cacheControl] = permission.cacheControl
            response.headers.append(contentsOf: opening(permission))
            return response
        } catch {
            var problem = dialect.problem(for: error)
            problem.headers.append(contentsOf: opening(permission))
            throw problem
        }
    }

    /// The headers that let the page of an asker read the answer.
    private func opening(_ permission: Permission) -> HTTPFields {
        permission.reader.map { cors.headers(allowing: $0.text) } ?? [:]
    }
}
