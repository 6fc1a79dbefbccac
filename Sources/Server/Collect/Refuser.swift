import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest

/// The answers to what is not stored for its contents.
struct Refuser: Sendable {
    let meters: Meters

    /// The answer to an invalid event or hit: 204 with the reason in a header, as older clients expect, or else a problem.
    ///
    /// What concerns the key of the request or of the site is always a problem.
    ///
    /// - Parameters:
    ///   - rejection: The reason.
    ///   - isStrict: True to answer with a problem.
    ///   - events: The number of events that are refused.
    /// - Returns: The answer.
    func refuse(_ rejection: Rejection, isStrict: Bool, events: Int = 1) -> Result<Answer, Problem> {
        meters.noteRejections([rejection: events])
        guard isStrict || rejection.isOfRequest else {
            return .success(Answer(status: .noContent, headers: [.analyticsRejected: rejection.description]))
        }
        var problem = Problem(rejection)
        if isStrict { problem.headers[.preferenceApplied] = "handling=strict" }
        return .failure(problem)
    }

    /// Answers what the contents of a request have refused.
    ///
    /// - Parameters:
    ///   - isStrict: True to answer with a problem.
    ///   - body: Answers the request.
    /// - Returns: The answer.
    /// - Throws: The refusal as a problem, or another error of `body`.
    func answering(_ isStrict: Bool, _ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let rejection as Rejection {
            return try refuse(rejection, isStrict: isStrict).get().response
        } catch WriteError.refused(_, let rejection) {
            return try refuse(rejection, isStrict: isStrict).get().response
        }
    }

    /// The problem of a body some of whose lines are rejected, where that is not allowed.
    static func strictProblem(_ errors: [Bulk.LineError]) -> Problem {
        var problem = Problem(.badRequest, "some events are rejected, so nothing was stored")
        problem.errors = errors.map(\.json)
        problem.headers[.preferenceApplied] = "handling=strict"
        return problem
    }

    /// The answer to a body of many.
    static func summary(accepted: Int, rejected: Int, errors: [Bulk.LineError]) -> String {
        JSON.object([
            "accepted": .number(accepted),
            "rejected": .number(rejected),
            "errors": .array(errors.map(\.json)),
        ]).description
    }
}

extension Rejection {
    /// True if the request is refused rather than its contents.
    fileprivate var isOfRequest: Bool {
        switch field {
        case .idempotencyKey, .key, .host: true
        default: false
        }
    }
}
