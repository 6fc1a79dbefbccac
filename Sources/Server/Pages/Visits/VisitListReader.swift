import Analytics
import Web

/// Finds the visits of a page of their list.
struct VisitListReader: Sendable {
    let store: any EventStore

    /// The most times that a question is asked again with less in it.
    private static let mostTries = 4

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - range: The visits that are wanted.
    /// - Returns: What there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    func answer(
        _ question: inout DashboardQuestion,
        _ range: VisitQuery.Range
    ) async throws -> VisitsPage.Content {
        var last = ""
        for _ in 0..<Self.mostTries {
            do {
                return try await read(question, range)
            } catch let error as QueryError {
                last = error.description
                guard try reduce(&question, error) else { break }
            } catch let refusal as QueryRefusal {
                last = refusal.detail
                guard question.drop(refusal.field, refusal.detail) else { break }
            }
        }
        return .refused(last)
    }

    private func read(_ question: DashboardQuestion, _ range: VisitQuery.Range) async throws -> VisitsPage.Content {
        let selection = try await question.query(in: store)
        try question.access.check(selection)
        let found = try await store.visits(VisitQuery(selection, range))
        let (first, last) = (found.visits.first?.key, found.visits.last?.key)
        // Where one comes from there are visits too; beyond the last one there may be none.
        return switch range {
        case .newest:
            .visits(found.visits, newer: nil, older: found.hasMore ? last.map { .before($0) } : nil)
        case .before:
            .visits(
                found.visits,
                newer: first.map { .after($0) } ?? .newest,
                older: found.hasMore ? last.map { .before($0) } : nil
            )
        case .after:
            .visits(
                found.visits,
                newer: found.hasMore ? first.map { .after($0) } : found.visits.isEmpty ? .newest : nil,
                older: last.map { .before($0) }
            )
        }
    }

    /// Leaves out of a question what an error is about.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - error: The error.
    /// - Returns: True if the rest may be asked.
    /// - Throws: The error if it is not about the question
    private func reduce(_ question: inout DashboardQuestion, _ error: QueryError) throws -> Bool {
        switch error {
        case .invalid(.zone): return question.drop("tz", error.description)
        case .invalid(.pattern): return question.drop("filter", error.description) { $0.sign.hasSuffix("~") }
        case .invalid(.period): return question.drop("period", error.description)
        case .invalid, .notKept: return false
        case .unavailable, .tooSlow, .incomplete, .building: throw error
        }
    }
}
