import Analytics
import HTTP
import HTTPTypes
import Registry

/// The product whose clients a route answers, which know refusals by its words and in its form.
enum Dialect {
    case plausible
    /// Nobody else's.
    case own
    case trail
    case crumby

    /// The answer to an error; its reason is the member `error` too.
    func problem(for error: any Error) -> Problem {
        var problem = (error as? QueryRefusal)?.problem ?? Server.problem(for: error)
        switch self {
        case .plausible, .own, .crumby: problem.isErrorToo = true
        case .trail: problem.otherBody = .object(["error": .text(problem.detail), "success": .bool(false)])
        }
        return problem
    }

    /// The answer to somebody who may not ask.
    ///
    /// - Parameters:
    ///   - rejection: The reason.
    ///   - isNamed: True with a key or a share link.
    /// - Returns: The answer.
    func problem(for rejection: Rejection, isNamed: Bool) -> Problem {
        // Plausible has no such links, so its clients get the reason.
        guard self == .plausible, rejection.reason != .needsPassword else { return Problem(rejection) }
        let missing = "Missing API key. Please use a valid Plausible API key as a Bearer Token."
        let invalid = """
            Invalid API key or site ID. Please make sure you're using a valid API key with access to the site you've \
            requested.
            """
        var problem = Problem(.unauthorized, isNamed ? invalid : missing, field: Problem(rejection).field)
        problem.headers[.wwwAuthenticate] = "Bearer"
        return problem
    }
}
