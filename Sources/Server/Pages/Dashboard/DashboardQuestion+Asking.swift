import Analytics
import Web

extension DashboardQuestion {
    /// The answer to a question.
    enum Outcome<Answer: Sendable>: Sendable {
        case answer(Answer)
        /// It cannot be answered, for a reason.
        case refused(String)
    }

    /// The most times that a question is asked again with less in it.
    private static let mostTries = 5

    /// Asks, and asks again without what turns out to be wrong.
    ///
    /// - Parameter ask: Finds the answer.
    /// - Returns: The answer, or the reason that there is none.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    mutating func asking<Answer: Sendable>(
        _ ask: @Sendable (DashboardQuestion) async throws -> Answer
    ) async throws -> Outcome<Answer> {
        var last = ""
        for _ in 0..<Self.mostTries {
            do {
                return .answer(try await ask(self))
            } catch let error as QueryError {
                last = error.description
                guard try leavesOut(error) else { break }
            } catch let refusal as QueryRefusal {
                last = refusal.detail
                guard drop(refusal.field, refusal.detail) else { break }
            }
        }
        return .refused(last)
    }

    /// Leaves out the parameter that an error is about.
    ///
    /// - Parameter error: The error.
    /// - Returns: False if it is about the question as a whole.
    /// - Throws: The error if it is not about the question
    mutating func leavesOut(_ error: QueryError) throws -> Bool {
        switch error {
        case .invalid(.zone): return drop("tz", error.description)
        case .invalid(.pattern): return drop("filter", error.description) { $0.sign.hasSuffix("~") }
        case .invalid(.period): return drop("period", error.description)
        case .invalid, .notKept: return false
        case .unavailable, .tooSlow, .incomplete, .building: throw error
        }
    }
}
