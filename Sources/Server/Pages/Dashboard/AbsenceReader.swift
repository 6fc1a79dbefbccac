import Analytics
import Registry
import Web

/// Finds the reason that a dashboard has no hits.
struct AbsenceReader: Sendable {
    let store: any EventStore

    /// The most filters and segments of which each is left out to see if there are hits then.
    ///
    /// All of these questions are about the same hits, which are read once.
    private static let mostConditions = 8

    /// Finds the condition without which there are hits.
    ///
    /// - Parameters:
    ///   - question: The question, which has filters or segments.
    ///   - queries: Its queries, to which there are no hits.
    /// - Returns: The reason; `unknown` where there are too many conditions, or there is no answer.
    func reason(of question: DashboardQuestion, _ queries: DashboardQueries) async -> NoHits {
        let conditions = question.address.conditions
        guard queries.scope.isWhole, conditions.count <= Self.mostConditions else { return .unknown }
        let all = conditions.reduce(question) { $0.removing($1) }
        let others = conditions.count > 1 ? conditions.map { question.removing($0) } : []
        guard let hasHits = try? await hasHits(others + [all], queries) else { return .unknown }
        guard hasHits.last == true else { return .period(last: await lastDate(of: question, queries)) }
        // A condition that is the only one is the reason.
        guard conditions.count > 1 else { return conditions.first.map { .condition($0) } ?? .unknown }
        return zip(conditions, hasHits).first { $0.1 }.map { .condition($0.0) } ?? .conditions
    }

    /// Finds the last date with hits.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - queries: Its queries.
    /// - Returns: The date; nil if it is not known, or of hits that the reader may not know of.
    func lastDate(of question: DashboardQuestion, _ queries: DashboardQueries) async -> String? {
        // The filters of a link leave out hits that others are not told of.
        guard question.access.share?.hasFilters != true else { return nil }
        return (try? await store.lastDate(of: question.site.id, zone: queries.tiles.zone)) ?? nil
    }

    /// Tells for each of some questions if it has hits in the period of others.
    private func hasHits(_ questions: [DashboardQuestion], _ queries: DashboardQueries) async throws -> [Bool] {
        var asked: [Query] = []
        for question in questions {
            var query = try await question.query(in: store)
            query.period = queries.period
            let base = query
            query.metrics = [Metric.visitors, .events, .impressions].filter { base.takes($0) }
            asked.append(query)
        }
        return try await store.reports(asked).map(\.hasCounts)
    }
}
