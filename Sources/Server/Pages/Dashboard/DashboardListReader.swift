import Analytics
import Web

/// Finds the rows of a whole list.
struct DashboardListReader: Sendable {
    let store: any EventStore

    private static let metrics: [Metric] = [
        .visitors, .percentage, .visits, .pageviews, .events, .bounceRate, .visitDuration, .timeOnPage, .conversionRate,
    ]
    private static let mostTries = 4

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - tab: The list.
    ///   - parameters: The part of the list.
    /// - Returns: The page.
    /// - Throws: A `QueryError` or a `Problem`
    func answer(
        _ question: inout DashboardQuestion,
        _ tab: DashboardTab,
        _ parameters: DashboardListParameters
    ) async throws -> DashboardListPage {
        let (query, report) = try await report(&question, tab, parameters)
        return DashboardListPage(
            question.address,
            tab,
            metrics: query.metrics,
            rows: report.rows.map { DashboardListPage.Row($0.dimensions.first ?? "", $0.values) },
            total: report.total,
            slice: parameters.slice(of: query.metrics),
            faults: question.faults
        )
    }

    /// Finds the rows of a question.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - tab: The list.
    ///   - parameters: The part of the list.
    /// - Returns: The query as it was answered, and its answer.
    /// - Throws: A `QueryError` or a `Problem`
    func report(
        _ question: inout DashboardQuestion,
        _ tab: DashboardTab,
        _ parameters: DashboardListParameters
    ) async throws -> (query: Query, report: Report) {
        for _ in 1..<Self.mostTries {
            do { return try await read(question, tab, parameters) } catch let refusal as QueryRefusal {
                guard question.drop(refusal.field, refusal.detail) else { break }
            } catch QueryError.invalid(.zone) {
                guard question.drop("tz", "there is no such time zone") else { break }
            } catch QueryError.invalid(.period) {
                guard question.drop("period", "no period that can be asked for") else { break }
            }
        }
        return try await read(question, tab, parameters)
    }

    private func read(
        _ question: DashboardQuestion,
        _ tab: DashboardTab,
        _ parameters: DashboardListParameters
    ) async throws -> (query: Query, report: Report) {
        guard let dimension = FieldName.dimension(tab.field) else { throw PageFailure.notFound }
        var query = try await question.query(in: store)
        query.dimensions = [dimension]
        if !parameters.search.isEmpty {
            query.filters.append(.test(Filter.Test(.contains, dimension, [parameters.search])))
        }
        try question.access.check(query)
        let base = query
        // The rate says what the share says, but of goals.
        let isOfGoals = dimension == .goal
        query.metrics = Self.metrics.filter { base.takes($0) && ($0 != .conversionRate || isOfGoals) }
        let slice = parameters.slice(of: query.metrics)
        query.order = [Query.Order(.metric(slice.sort), isDescending: !slice.isAscending)]
        (query.limit, query.offset) = (DashboardListPage.length, slice.offset)
        return (query, try await store.report(query))
    }
}
