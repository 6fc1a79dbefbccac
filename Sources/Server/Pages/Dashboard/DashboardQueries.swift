import Analytics
import Web

/// The queries that make a dashboard, all of which are answered together.
struct DashboardQueries: Sendable {
    /// The extent of the answer, which is smaller where hits are not kept any more.
    struct Scope {
        private(set) var isCompared = true
        /// True with visitors and lists; else there are only numbers that totals of days tell.
        private(set) var isWhole = true
        /// The first date whose hits are kept; nil if all of them are.
        private(set) var keptSince: String?

        /// Asks for less: first for no comparison, then for totals alone.
        ///
        /// - Parameter error: The reason.
        /// - Returns: False if there is nothing less.
        mutating func reduce(after error: QueryError) -> Bool {
            if isCompared {
                isCompared = false
                return true
            }
            guard isWhole else { return false }
            isWhole = false
            if case .notKept(let since, _) = error { keptSince = since }
            return true
        }
    }

    let period: Period
    /// The present date in the zone.
    let today: Period
    let scope: Scope
    /// The numbers of the whole period.
    let tiles: Query
    /// The same for the time before, as far as the period has come; nil without a comparison.
    let compared: Query?
    /// The kind of the time before.
    let comparison: DashboardComparison
    /// The dates of a comparison with other ones, in words.
    let comparedDates: String?
    /// True if the time before begins on the same day of the week.
    let isAligned: Bool
    /// True if the time before is cut where the period has come to.
    let isCut: Bool
    let series: Query
    /// The same for all of the time before; nil without a comparison.
    let formerSeries: Query?
    /// The visitors by the hour of the week; nil where hits are not kept.
    let week: Query?
    let unit: DashboardSeries.Unit
    /// The units by which the chart can be shown.
    let units: [DashboardSeries.Unit]
    let tabs: [DashboardTab]
    let lists: [Query]

    /// The numbers of the tiles that are shown.
    let metrics: [Metric]

    /// Finds the periods, and what may be asked.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - scope: The extent of the answer.
    ///   - store: The store.
    ///   - panel: The only panel that is asked for; nil for the whole dashboard.
    /// - Throws: A `QueryRefusal` or a `QueryError`
    init(
        _ question: DashboardQuestion,
        _ scope: Scope,
        _ store: any EventStore,
        only panel: DashboardPanel? = nil
    ) async throws {
        let base = try await question.query(in: store)
        let (site, range) = (question.site, try question.table.period.range())
        period = base.period
        today = try await store.period(.day, on: nil, of: site.id, zone: base.zone)
        self.scope = scope
        let view = question.address.view
        metrics = view.metrics
        var tiles = base
        tiles.metrics = (metrics + (metrics.contains(.events) ? [] : [.events])).filter {
            base.takes($0) && (scope.isWhole || $0 != .visitors)
        }
        self.tiles = tiles
        let comparison = scope.isCompared && range != .all ? question.address.comparison : .off
        let former = try await Self.former(of: base, comparison, question, store)
        let cut = former?.cut(to: base.period, at: .now)
        isCut = cut != former
        self.comparison = comparison
        isAligned = question.address.isAligned
        comparedDates = question.address.comparedDates.map { "\($0.first) to \($0.last)" }
        compared = panel == nil || panel == .numbers ? cut.map { tiles.about($0) } : nil
        // Totals are of whole days.
        let units = Self.units(of: base.period).filter { scope.isWhole || $0 >= .day }
        if let bucket = question.address.bucket, scope.isWhole, !units.contains(bucket) {
            throw QueryRefusal("bucket", "this time has too many or too few parts of that length")
        }
        let unit = question.address.bucket ?? Self.unit(of: base.period)
        self.unit = scope.isWhole || unit >= .day ? unit : .day
        self.units = units
        let series = Self.series(question.address.metric, self.unit, base, scope)
        self.series = series
        formerSeries = panel == nil || panel == .series ? former.map { series.about($0) } : nil
        week =
            scope.isWhole && (panel == nil || panel == .week)
            ? base.by(.time(.hourOfWeek), [.visitors], limit: 168) : nil
        let chosen = scope.isWhole ? Self.tabs(of: question, panel) : []
        let lists = chosen.compactMap { tab in FieldName.dimension(tab.field).map { (tab: tab, dimension: $0) } }
            .filter { $0.dimension != .goal || !site.goals.isEmpty }
        tabs = lists.map(\.tab)
        self.lists = lists.map { tab, dimension in
            base.by(dimension, [.visitors, Self.rate(tab, dimension, question, base)], limit: DashboardTab.read)
        }
    }

    /// The number beside the visitors of a row, which filters of a share link may forbid.
    private static func rate(
        _ tab: DashboardTab,
        _ dimension: Dimension,
        _ question: DashboardQuestion,
        _ base: Query
    ) -> Metric {
        let query = base.by(dimension, [.visitors, tab.rate])
        do {
            try question.access.check(query)
            try query.checkCombinations()
            return tab.rate
        } catch {
            return .percentage
        }
    }

    /// The tabs whose lists are asked for.
    private static func tabs(of question: DashboardQuestion, _ panel: DashboardPanel?) -> [DashboardTab] {
        switch panel {
        case nil: question.address.view.cards.compactMap(question.address.tab)
        case .list(let tab): [tab]
        case .numbers, .series, .week: []
        }
    }

    /// The query of the chart, which shows visitors where the number cannot be told.
    private static func series(
        _ metric: Metric,
        _ unit: DashboardSeries.Unit,
        _ base: Query,
        _ scope: Scope
    ) -> Query {
        let series = base.by(.time(unit.time), [metric])
        if scope.isWhole, series.takes(metric) { return series }
        return base.by(.time(unit.time), [scope.isWhole ? .visitors : .pageviews])
    }

    /// All queries: tiles, the time before if there is one, the series, that of the time before, the week, and the lists
    /// in the order of their tabs.
    var all: [Query] {
        [tiles] + [compared].compactMap(\.self) + [series] + [formerSeries, week].compactMap(\.self) + lists
    }

    /// The time with which a query is compared; nil if there is none.
    private static func former(
        of query: Query,
        _ comparison: DashboardComparison,
        _ question: DashboardQuestion,
        _ store: any EventStore
    ) async throws -> Period? {
        let range: DateRange
        let isAligned = question.address.isAligned
        switch comparison {
        case .off: return nil
        case .previous: range = .before(query.period, isAligned: isAligned)
        case .year: range = .yearBefore(query.period, isAligned: isAligned)
        case .custom:
            guard let dates = question.comparedRange else { return nil }
            range = dates
        }
        do {
            return try await store.period(range, on: nil, of: query.site, zone: query.zone)
        } catch QueryError.invalid(.period) {
            return nil
        }
    }

    private static func unit(of period: Period) -> DashboardSeries.Unit {
        let minutes = (period.end.milliseconds - period.start.milliseconds) / 60_000
        let days = minutes / 1_440
        // More points than these are too close to each other.
        return minutes <= 120 ? .minute : days <= 2 ? .hour : days <= 370 ? .day : days <= 1_100 ? .week : .month
    }

    /// The units that divide a period into some parts, but not into more than a chart can show.
    private static func units(of period: Period) -> [DashboardSeries.Unit] {
        let length = period.end.milliseconds - period.start.milliseconds
        let suitable = DashboardSeries.Unit.allCases.filter { unit in
            (unit.minutes * 60_000 * 2...unit.minutes * 60_000 * 371).contains(length)
        }
        let standard = unit(of: period)
        return DashboardSeries.Unit.allCases.filter { suitable.contains($0) || $0 == standard }
    }
}

extension Query {
    /// A query of the same hits by a dimension.
    fileprivate func by(_ dimension: Dimension, _ metrics: [Metric], limit: Int? = nil) -> Query {
        var query = self
        (query.dimensions, query.metrics) = ([dimension], metrics)
        if let limit { query.limit = limit }
        return query
    }

    /// The same query about another time.
    fileprivate func about(_ period: Period) -> Query {
        var query = self
        query.period = period
        return query
    }

    /// True if a number can be told with the filters.
    func takes(_ metric: Metric) -> Bool {
        var query = self
        query.metrics = [metric]
        do throws(QueryRefusal) {
            try query.checkCombinations()
            return true
        } catch {
            return false
        }
    }
}

extension DashboardSeries.Unit {
    var time: TimeUnit {
        switch self {
        case .minute: .minute
        case .hour: .hour
        case .day: .day
        case .week: .week
        case .month: .month
        }
    }
}
