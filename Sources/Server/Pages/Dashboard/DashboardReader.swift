import Analytics
import HTTP
import HTTPTypes
import Registry
import Web

/// Finds the numbers of a dashboard, in one pass over its hits.
struct DashboardReader: Sendable {
    let store: any EventStore
    let registry: SiteRegistry

    /// The contents of a dashboard, and the warning above them.
    struct Answer {
        let content: DashboardPage.Content
        /// The hits of the time that were refused; nil if they are few, or not for the reader.
        var refused: RefusedShare?
        /// The ways to the periods around it; nil where there is no answer.
        var steps: PeriodSteps?
    }

    /// The most times that a question is asked again with less in it.
    private static let mostTries = 6
    /// The hours of the tile: their distance in milliseconds, and their number.
    private static let curve = (step: 300_000, count: 25)

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - panel: The only panel that is asked for; nil for the whole dashboard.
    /// - Returns: What there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now
    func answer(_ question: inout DashboardQuestion, _ panel: DashboardPanel? = nil) async throws -> Answer {
        switch try await outcome(&question, panel) {
        case .refused(let reason): return Answer(content: .refused(reason))
        case .answers(let answers):
            // Only the dashboard itself shows these ways, and the reason that there are no hits.
            let isDashboard = panel == nil && question.address.view == .dashboard
            var answer = try await answer(question, answers, isDashboard: isDashboard)
            let queries = answers.queries
            if isDashboard {
                answer.steps = await question.steps(around: queries.period, queries.tiles.zone, in: store)
            }
            return answer
        }
    }

    /// The people of the hour up to now, and of those that ended before it; nil where the numbers are not of all hits.
    ///
    /// - Parameter question: The question.
    /// - Returns: The tile.
    func hour(_ question: DashboardQuestion) async -> HourTile? {
        let (address, access) = (question.address, question.access)
        guard address.view == .dashboard, access.share == nil, access.account != nil, !address.isFiltered else {
            return nil
        }
        let first = Timestamp.now.advanced(by: .milliseconds(-Self.curve.step * (Self.curve.count - 1)))
        let steps = HourSteps(first: first, step: Self.curve.step, count: Self.curve.count)
        return (try? await store.hours(of: access.site.id, endingAt: steps)).map { HourTile($0) }
    }

    private func answer(
        _ question: DashboardQuestion,
        _ answers: DashboardAnswers,
        isDashboard: Bool
    ) async throws -> Answer {
        let period = answers.queries.period
        if answers.hasHits {
            let refused = await refused(question, period, counted: answers.counted)
            return Answer(content: .numbers(answers.numbers), refused: refused)
        }
        let absence = isDashboard ? AbsenceReader(store: store) : nil
        if question.address.isFiltered {
            return Answer(content: .noHits(await absence?.reason(of: question, answers.queries) ?? .unknown))
        }
        if try await hasAnyHit(question.site) {
            let last = await absence?.lastDate(of: question, answers.queries)
            return Answer(
                content: .noHits(.period(last: last)),
                refused: await refused(question, period, counted: answers.counted)
            )
        }
        // Periods of whole days end before today, when the first hits of all may have been refused.
        let all = Period(from: period.start, to: max(period.end, .now)) ?? period
        return Answer(content: .neverHit, refused: await refused(question, all, counted: 0))
    }

    /// Finds the numbers of a panel.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - panel: The panel.
    /// - Returns: The answers, in which it is.
    /// - Throws: A `QueryError`, or a `Problem` with the reason that there is no answer
    func answers(_ question: inout DashboardQuestion, _ panel: DashboardPanel) async throws -> DashboardAnswers {
        switch try await outcome(&question, panel) {
        case .refused(let reason): throw Problem(.badRequest, reason)
        case .answers(let answers): return answers
        }
    }

    private enum Outcome {
        case answers(DashboardAnswers)
        case refused(String)
    }

    private func outcome(_ question: inout DashboardQuestion, _ panel: DashboardPanel?) async throws -> Outcome {
        var scope = DashboardQueries.Scope()
        var last = ""
        for _ in 0..<Self.mostTries {
            do {
                return .answers(try await read(question, scope, panel))
            } catch let error as QueryError {
                last = error.description
                guard try reduce(&question, &scope, error) else { break }
            } catch let refusal as QueryRefusal {
                last = refusal.detail
                guard question.drop(refusal.field, refusal.detail) else { break }
            }
        }
        return .refused(last)
    }

    private func read(
        _ question: DashboardQuestion,
        _ scope: DashboardQueries.Scope,
        _ panel: DashboardPanel?
    ) async throws -> DashboardAnswers {
        let queries = try await DashboardQueries(question, scope, store, only: panel)
        let reports = try await store.reports(queries.all)
        return DashboardAnswers(queries, reports, notes: await notes(question.access, queries, reports))
    }

    /// The hits of a period that were refused; nil for whom single hits are not for.
    ///
    /// Refused hits have no fields, so they are told of all hits alone.
    private func refused(_ question: DashboardQuestion, _ period: Period, counted: Int) async -> RefusedShare? {
        let (access, now) = (question.access, Timestamp.now)
        // Only the dashboard itself shows them.
        guard question.address.view == .dashboard, access.share == nil, !question.address.isFiltered,
            access.account?.may(.member, in: access.site.organisation) == true,
            let refused = try? await store.refusedHits(of: access.site.id, in: period)
        else { return nil }
        let days = (now.milliseconds - period.start.milliseconds + 86_399_999) / 86_400_000
        return RefusedShare(refused: refused, counted: counted, span: RefusedSpan(covering: days))
    }

    /// The notes of the dates of the series; none for whom the site is only shown to, or if they cannot be read.
    private func notes(
        _ access: Access,
        _ queries: DashboardQueries,
        _ reports: [Report]
    ) async -> [DashboardSeries.Note] {
        let series = reports[queries.compared == nil ? 1 : 2]
        guard access.account != nil, let first = series.labels?.first, let last = series.labels?.last else { return [] }
        let end = queries.unit <= .day ? String(last.prefix(10)) : nil
        let notes = try? await registry.notes(of: access.site.name, from: String(first.prefix(10)), to: end)
        return (notes ?? []).map { DashboardSeries.Note(date: $0.date, text: $0.text) }
    }

    /// True if a site has hits of any time.
    private func hasAnyHit(_ site: Site) async throws -> Bool {
        let all = try await store.period(.all, on: nil, of: site.id, zone: site.zone)
        let today = try await store.period(.day, on: nil, of: site.id, zone: site.zone)
        // Without hits, all time is today.
        guard all.start >= today.start else { return true }
        var query = Query(site: site.id, period: today, zone: site.zone, metrics: [.events])
        query.use(site)
        return try await store.report(query).rows.first?.values.first.map { $0 != .count(0) } ?? false
    }

    /// Leaves out of a question what an error is about.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - scope: The extent of the answer.
    ///   - error: The error.
    /// - Returns: True if the rest may be asked.
    /// - Throws: The error if it is not about the question
    private func reduce(
        _ question: inout DashboardQuestion,
        _ scope: inout DashboardQueries.Scope,
        _ error: QueryError
    ) throws -> Bool {
        switch error {
        case .invalid(.hits), .invalid(.groups), .invalid(.dropped), .notKept:
            return scope.reduce(after: error)
        default: return try question.leavesOut(error)
        }
    }
}
