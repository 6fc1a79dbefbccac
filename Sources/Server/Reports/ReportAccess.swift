import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The permission to ask for reports, refused in the words that clients of Plausible know.
struct ReportAccess: Sendable {
    let control: AccessControl

    /// The site that a sender may ask about.
    ///
    /// - Parameters:
    ///   - name: The name of the site.
    ///   - key: The key of the request.
    /// - Returns: The site.
    /// - Throws: A `Problem`, or a `RegistryFailure`.
    func site(_ name: SiteName, _ key: String?) async throws -> Site {
        do {
            return try await control.access { (rules) throws(AccessRules.Refusal) in
                try rules.asking(name, key: key)
            }.site
        } catch let rejection as Rejection {
            throw Self.refused(rejection, hasKey: key != nil)
        }
    }

    /// Answers a question; a refusal gives its reason as the member `error` too.
    static func answering(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let refusal as QueryRefusal {
            throw refusal.problem
        } catch {
            var problem = problem(for: error)
            problem.isErrorToo = true
            throw problem
        }
    }

    private static func refused(_ rejection: Rejection, hasKey: Bool) -> Problem {
        let missing = "Missing API key. Please use a valid Plausible API key as a Bearer Token."
        let invalid = """
            Invalid API key or site ID. Please make sure you're using a valid API key with access to the site you've \
            requested.
            """
        var problem = Problem(.unauthorized, hasKey ? invalid : missing, field: Problem(rejection).field)
        problem.headers[.wwwAuthenticate] = "Bearer"
        return problem
    }
}
