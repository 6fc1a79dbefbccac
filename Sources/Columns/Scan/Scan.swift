package import Analytics

/// A query, as a pass over parts answers it.
package struct Scan: Sendable {
    let timeline: Timeline
    let query: Query
    let keys: [KeySource]
    /// The keys of whole visits.
    let visitKeys: [KeySource]
    let revenue: RevenueRule
    let extent: Groups.Extent
    /// True if one of the dimensions is of hits.
    let isByHits: Bool
    /// True if visits cannot be counted without looking at their hits.
    let needsHits: Bool
    /// True if the visitors in any group are counted.
    let needsTotal: Bool
    /// True if nothing is counted but visitors.
    let countsVisitorsAlone: Bool
    /// True if hits count for nothing but their kinds and visitors.
    let countsKindsAlone: Bool
    /// True if visits are counted in the groups of their hits.
    let countsVisits: Bool
    /// True if clicks are counted.
    let needsNames: Bool
    /// True if impressions are counted.
    let countsImpressions: Bool
    /// True if reports of scrolling count for visitors, since the query asks for a goal of scrolling.
    let asksForScrolling: Bool
    /// True if reports of engagement have an effect.
    let countsEngagement: Bool
    private let tables: QueryTables
    private let masks: [Filter.Test: Mask]
    private let buckets: [TimeUnit: Buckets]
    /// The numbers of the dates before the period, which count as well.
    let dates: [DatedTotal]
    /// The goals that the query asks for; none if it does not.
    private let goals: [GoalTable]
    private let isByGoals: Bool
    /// True for the name `click`, by part and entry of the dictionary.
    private let clicks: [[Bool]]

    /// - Parameters:
    ///   - query: The query.
    ///   - timeline: The parts of the days of the period, of two days before and of one after.
    ///   - tables: What its dimensions and goals are in the parts.
    ///   - buckets: The buckets of the dimensions of time.
    ///   - masks: The masks of the tests that need the database.
    ///   - dates: The numbers of dates before the period, which count as well; the buckets begin with them.
    ///   - isAudience: True if it is for the visitors of whom conversions are a share.
    package init(
        _ query: Query,
        _ timeline: Timeline,
        _ tables: QueryTables,
        buckets: [TimeUnit: Buckets],
        masks: [Filter.Test: Mask] = [:],
        dates: [DatedTotal] = [],
        isAudience: Bool = false
    ) {
        (self.timeline, self.query, self.tables) = (timeline, query, tables)
        (self.buckets, self.masks, self.dates) = (buckets, masks, dates)
        let goals = tables.goals(of: query)
        self.goals = goals
        keys = query.dimensions.compactMap { dimension in
            switch dimension {
            case .time(let unit): buckets[unit].map { KeySource($0, until: query.period.end) }
            case .goal: .goals(texts: [nil] + goals.map(\.goal.name))
            default: tables.attributes[dimension].map { .attribute($0) }
            }
        }
        visitKeys = keys.map(\.ofVisits)
        isByHits = query.dimensions.contains(where: \.isOfHits)
        isByGoals = query.dimensions.contains(.goal)
        asksForScrolling = query.goalsOfFilters?.contains(where: \.isOfScrolling) ?? false
        revenue = RevenueRule(query, goals, timeline.lexicon.currencies)
        extent = Groups.Extent(query.metrics)
        needsTotal = query.metrics.contains { $0 == .percentage } || isAudience
        countsVisitorsAlone = query.metrics.allSatisfy { $0 == .visitors || $0 == .percentage || $0.isOfConversions }
        countsVisits = query.metrics.contains(.visits)
        needsNames = query.metrics.contains(.clicks)
        countsImpressions = query.metrics.contains(.impressions)
        needsHits = needsNames || countsImpressions || extent.engagement || extent.values
        countsEngagement = extent.engagement || asksForScrolling || isByGoals
        countsKindsAlone = !needsHits && !countsVisits && !countsEngagement
        let isClick = timeline.lexicon.names.map { $0 == "click" }
        clicks = timeline.scanned.map { part in part[.name].dictionary.map { isClick[Int($0)] } }
    }

    /// What hits have to meet; nil for nothing.
    func condition() -> Condition? {
        query.filters.isEmpty ? nil : .all(query.filters.map { Condition($0, tables, goals, masks) })
    }

    /// The condition on the entry pages of visits whose bounces count; nil for none.
    func entering() -> Condition? {
        guard extent.visits else { return nil }
        let conditions = query.filters.filter(\.isOfPages).compactMap { Condition($0, tables, goals, masks).ofEntry }
        return conditions.isEmpty ? nil : .all(conditions)
    }

    /// True if it tells conversions.
    var needsAudience: Bool { query.metrics.contains(where: \.isOfConversions) }

    /// The scan for the visitors of whom conversions are a share.
    var ofAudience: Scan {
        Scan(query.ofAudience, timeline, tables, buckets: buckets, masks: masks, isAudience: true)
    }

    /// The period, in milliseconds since 1970.
    var period: Range<Int> { query.period.start.milliseconds..<query.period.end.milliseconds }

    /// For each goal by which rows go the hits of a block that reach it; nil if rows do not go by goals.
    func goalFlags(in block: VisitBlock) -> [[Bool]]? {
        guard isByGoals else { return nil }
        return goals.map { goal in
            var flags = Array(repeating: false, count: block.hitCount)
            goal.note(reachedIn: block, timeline.scanned, &flags)
            return flags
        }
    }

    /// The label of the bucket that a date is in; nil without a dimension of time.
    func label(of date: DatedTotal) -> String? {
        buckets.first.flatMap { _, buckets in buckets.place(of: date.start).map { buckets.labels[$0] } }
    }

    /// True for a hit whose name is `click`.
    func isClick(_ hit: Int, of part: Int) -> Bool { clicks[part][timeline.scanned[part][.name].places[hit]] }
}

extension Filter {
    /// True for a test of the page.
    fileprivate var isOfPages: Bool { if case .test(let test) = self { test.dimension == .hit(.page) } else { false } }
}

extension Groups.Extent {
    /// What metrics need besides the hits.
    fileprivate init(_ metrics: [Metric]) {
        visits = metrics.contains { $0.side == .visits }
        engagement = metrics.contains { $0 == .scrollDepth || $0 == .timeOnPage }
        values = metrics.contains(where: \.isOfMoney)
    }
}
