import Analytics
import Web

/// Finds what visitors do one after another.
struct JourneyReader: Sendable {
    let store: any EventStore

    /// The most pages and events to choose from.
    private static let mostChoices = 20

    /// Counts the visitors of a funnel.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - funnel: The steps.
    /// - Returns: What there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    func answer(_ question: inout DashboardQuestion, _ funnel: FunnelQuestion) async throws -> FunnelPage.Content {
        let (goals, faults) = try funnel.goals(question.access)
        guard faults.isEmpty else { return .faulty(faults) }
        guard goals.count >= FunnelQuery.limits.steps.lowerBound else { return .tooFew }
        let outcome = try await question.asking { [store] question in
            let query = FunnelQuery(try await question.hits(in: store), steps: goals, within: funnel.window)
            return (query, try await store.funnel(query))
        }
        switch outcome {
        case .refused(let reason): return .refused(reason)
        case .answer(let (query, report)):
            let source = AnswerSource(zone: query.selection.zone, asOf: report.moment, coverage: report.coverage)
            return .numbers(report, source)
        }
    }

    /// Counts the visitors who come again, up to the present day.
    ///
    /// - Parameter question: The question, from which is left out what cannot be answered.
    /// - Returns: The unit of the cohorts, and what there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    func retention(_ question: inout DashboardQuestion) async throws -> (TimeUnit, CohortPage.Content) {
        var asked: TimeUnit?
        if case .retention(let unit) = question.address.view { asked = unit }
        let outcome = try await question.asking { [store, asked] question in
            var selection = try await question.hits(in: store)
            let today = try await store.period(.day, on: nil, of: selection.site, zone: selection.zone)
            // Later cohorts have nobody yet.
            let end = min(selection.period.end, max(today.end, selection.period.start))
            selection.period = Period(from: selection.period.start, to: end) ?? selection.period
            let query = RetentionQuery(selection, by: asked ?? Self.unit(of: selection.period))
            return (query, try await store.retention(query))
        }
        switch outcome {
        case .refused(let reason): return (asked ?? .day, .refused(reason))
        case .answer(let (query, report)):
            let source = AnswerSource(zone: query.selection.zone, asOf: report.moment, coverage: report.coverage)
            return (query.unit, .numbers(report, source))
        }
    }

    /// The unit by which a period has a few cohorts.
    private static func unit(of period: Period) -> TimeUnit {
        let days = (period.end.milliseconds - period.start.milliseconds) / 86_400_000
        return days <= 31 ? .day : days <= 370 ? .week : .month
    }

    /// Counts the pages before and after a page, or finds pages to choose one of them.
    ///
    /// - Parameter question: The question, from which is left out what cannot be answered.
    /// - Returns: What there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    func paths(_ question: inout DashboardQuestion) async throws -> PathPage.Content {
        guard case .paths(let page?) = question.address.view else {
            switch try await choices(&question, of: .hit(.page)) {
            case .answer(let rows): return .choice(rows)
            case .refused(let reason): return .refused(reason)
            }
        }
        let outcome = try await question.asking { [store] question in
            var selection = try await question.hits(in: store)
            selection.limit = PathPage.length
            return (selection.zone, try await store.paths(PathQuery(selection, page: page)))
        }
        switch outcome {
        case .refused(let reason): return .refused(reason)
        case .answer(let (zone, report)):
            return .numbers(report, AnswerSource(zone: zone, asOf: report.moment, coverage: report.coverage))
        }
    }

    /// Finds the pages or events with the most visitors.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - dimension: The dimension of pages, or of names.
    /// - Returns: The rows.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    func choices(
        _ question: inout DashboardQuestion,
        of dimension: Dimension
    ) async throws -> DashboardQuestion.Outcome<[DashboardList.Row]> {
        try await question.asking { [store] question in
            var query = try await question.query(in: store)
            (query.dimensions, query.metrics) = ([dimension], [.visitors, .percentage])
            query.limit = Self.mostChoices
            return try await store.report(query).listRows
        }
    }
}
