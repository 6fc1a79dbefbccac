import Analytics
import Web

/// Finds the visits of a page of their list.
struct VisitListReader: Sendable {
    let store: any EventStore

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
        let outcome = try await question.asking { question in try await read(question, range) }
        return switch outcome {
        case .answer(let content): content
        case .refused(let reason): .refused(reason)
        }
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
}
