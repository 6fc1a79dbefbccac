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
    /// The same for the period before; nil without a comparison.
    let compared: Query?
    let series: Query
    let unit: DashboardSeries.Unit
    let tabs: [DashboardTab]
    private let lists: [Query]

    /// The numbers of the tiles.
    static let metrics: [Metric] = [.visitors, .visits, .pageviews, .viewsPerVisit, .bounceRate, .visitDuration]
    private static let rows = 9

    /// Finds the periods, and what may be asked.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - scope: The extent of the answer.
    ///   - store: The store.
    /// - Throws: A `QueryRefusal` or a `QueryError`
    init(_ question: DashboardQuestion, _ scope: Scope, _ store: any EventStore) async throws {
        let (table, site) = (try question.table, question.site)
        let zone = table.period.zone ?? site.zone
        let range = try table.period.range()
        period = try await store.period(range, on: table.period.date, of: site.id, zone: zone)
        today = try await store.period(.day, on: nil, of: site.id, zone: zone)
        var base = Query(site: site.id, period: period, zone: zone, metrics: [.visitors])
        base.filters = try table.allFilters(with: site.segments)
        base.use(site)
        self.scope = scope
        var tiles = base
        tiles.metrics = (Self.metrics + [.events]).filter { base.takes($0) && (scope.isWhole || $0 != .visitors) }
        self.tiles = tiles
        compared = scope.isCompared && range != .all ? try await Self.former(of: tiles, store) : nil
        // Totals are of whole days.
        let unit = Self.unit(of: period)
        self.unit = unit == .hour && !scope.isWhole ? .day : unit
        var series = base
        series.dimensions = [.time(self.unit.time)]
        self.series = series
        let shown = scope.isWhole ? DashboardCard.allCases.compactMap(question.address.tab) : []
        let chosen = shown.compactMap { tab in FieldName.dimension(tab.field).map { (tab, $0) } }
        tabs = chosen.map(\.0)
        lists = chosen.map { _, dimension in
            var query = base
            query.metrics = [.visitors, .percentage]
            query.dimensions = [dimension]
            query.limit = Self.rows
            return query
        }
    }

    /// All queries: tiles, the period before if there is one, the series, and the lists in the order of their tabs.
    var all: [Query] { [tiles] + (compared.map { [$0] } ?? []) + [series] + lists }

    /// The same query for the period before; nil if there is no such period.
    private static func former(of query: Query, _ store: any EventStore) async throws -> Query? {
        var former = query
        do {
            former.period = try await store.period(.before(query.period), on: nil, of: query.site, zone: query.zone)
        } catch QueryError.invalid(.period) {
            return nil
        }
        return former
    }

    private static func unit(of period: Period) -> DashboardSeries.Unit {
        let days = (period.end.milliseconds - period.start.milliseconds) / 86_400_000
        // More points than these are too close to each other.
        return days <= 2 ? .hour : days <= 370 ? .day : days <= 1_100 ? .week : .month
    }
}

extension Query {
    /// True if a number can be told with the filters.
    fileprivate func takes(_ metric: Metric) -> Bool {
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
    fileprivate var time: TimeUnit {
        switch self {
        case .hour: .hour
        case .day: .day
        case .week: .week
        case .month: .month
        }
    }
}
