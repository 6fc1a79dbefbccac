package import Analytics

/// The pass over parts that answers a query.
package struct Scan: Sendable {
    let timeline: Timeline
    let query: Query
    let keys: [KeySource]
    let revenue: RevenueRule
    private let tables: QueryTables
    private let masks: [Filter.Test: Mask]
    private let buckets: [TimeUnit: Buckets]
    /// The keys of whole visits.
    private let visitKeys: [KeySource]
    private let condition: Condition
    /// The condition on the entry page of visits whose bounces count.
    private let entering: Condition
    /// True for the name `click`, by part and entry of the dictionary.
    private let clicks: [[Bool]]
    private let goalKeys: GoalKeys?
    /// True if reports of scrolling count for visitors, since the query asks for a goal of scrolling.
    private let asksForScrolling: Bool
    private let needsVisits: Bool
    private let needsValues: Bool
    private let countsEngagement: Bool

    /// - Parameters:
    ///   - query: The query.
    ///   - timeline: The parts of the days of the period, of two days before and of one after.
    ///   - tables: What its dimensions and goals are in the parts.
    ///   - buckets: The buckets of the dimensions of time.
    ///   - masks: The masks of the tests that need the database.
    package init(
        _ query: Query,
        _ timeline: Timeline,
        _ tables: QueryTables,
        buckets: [TimeUnit: Buckets],
        masks: [Filter.Test: Mask] = [:]
    ) {
        (self.timeline, self.query, self.tables) = (timeline, query, tables)
        (self.buckets, self.masks) = (buckets, masks)
        keys = query.dimensions.compactMap { dimension in
            switch dimension {
            case .time(let unit): buckets[unit].map { KeySource($0) }
            case .goal: .goals(texts: [nil] + tables.goals.map(\.goal.name))
            default: tables.attributes[dimension].map { .attribute($0) }
            }
        }
        visitKeys = keys.map(\.ofVisits)
        let conditions = query.filters.map { Condition($0, tables, masks) }
        condition = .all(conditions)
        entering = .all(conditions.compactMap(\.ofEntry))
        let isClick = timeline.lexicon.names.map { $0 == "click" }
        clicks = timeline.parts.map { part in part[.name].dictionary.map { isClick[Int($0)] } }
        goalKeys = query.dimensions.firstIndex(of: .goal).map { GoalKeys(place: $0, goals: tables.goals) }
        asksForScrolling = query.goalsOfFilters?.contains(where: \.isOfScrolling) ?? false
        revenue = RevenueRule(query, tables, timeline.lexicon.currencies)
        needsVisits = query.metrics.contains { $0.side == .visits }
        needsValues = query.metrics.contains(where: \.isOfMoney)
        countsEngagement = query.metrics.contains { $0 == .scrollDepth || $0 == .timeOnPage }
    }

    /// The scan for the visitors of whom conversions are a share.
    var ofAudience: Scan { Scan(query.ofAudience, timeline, tables, buckets: buckets, masks: masks) }

    /// Scans the parts by two threads, each of which has half of the visitors.
    func groups() async -> Groups {
        let middle: UInt64 = 1 << 63
        async let second = groups(of: middle...(.max), withLoose: true)
        var groups = groups(of: 0...(middle - 1), withLoose: false)
        groups.add(await second)
        return groups
    }

    private func groups(of visitors: ClosedRange<UInt64>, withLoose: Bool) -> Groups {
        var groups = Groups(sizes: keys.map(\.texts.count))
        var merge = VisitorMerge(timeline.parts, visitors)
        var pieces: [VisitorMerge.Piece] = []
        var visits: [ChainedVisit] = []
        var numbers = Numbers()
        while merge.next(&pieces) != nil {
            timeline.derive(pieces, into: &visits)
            numbers.visitor += 1
            var isCounted = false
            for visit in visits {
                numbers.visit += 1
                isCounted = add(ScannedVisit(visit, timeline), numbers, to: &groups) || isCounted
            }
            if isCounted { groups.visitors += 1 }
        }
        if withLoose { addLoose(to: &groups) }
        return groups
    }

    /// The numbers of the current visitor and visit.
    private struct Numbers {
        var visitor = 0
        var visit = 0
    }

    /// Adds the hits of a visit; returns true if one of them counts for its visitor.
    private func add(_ visit: ScannedVisit, _ numbers: Numbers, to groups: inout Groups) -> Bool {
        let head = visit.visit.head
        let start = timeline.time(of: visit.visit.first(timeline))
        let startsWithin = query.period.contains(Timestamp(milliseconds: start))
        var isFound = addHits(of: head, visit, numbers, start: startsWithin ? start : nil, to: &groups)
        for other in visit.visit.others {
            isFound = addHits(of: other, visit, numbers, start: startsWithin ? start : nil, to: &groups) || isFound
        }
        if isFound, startsWithin, needsVisits { addWhole(visit, at: start, to: &groups) }
        return isFound
    }

    /// Adds the hits of a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - visit: Its visit.
    ///   - numbers: The numbers of visitor and visit.
    ///   - start: The start of the visit, if that is within the period.
    ///   - groups: The groups.
    /// - Returns: True if one of them counts for the visitor.
    private func addHits(
        of run: RunPlace,
        _ visit: ScannedVisit,
        _ numbers: Numbers,
        start: Int?,
        to groups: inout Groups
    ) -> Bool {
        let part = timeline.parts[run.part]
        let isDated = timeline.parts[visit.visit.head.part].runs.isDated(visit.visit.head.run)
        var isFound = false
        for hit in part.hits(of: run.run) {
            let place = HitPlace(part: run.part, hit: hit)
            let time = timeline.time(of: place)
            guard isWanted(place, visit, at: time) else { continue }
            let isEngagement = part.hits.kind(of: hit) == .engagement
            if isEngagement, countsEngagement { addEngagement(place, visit, numbers.visit, at: time, to: &groups) }
            let counts = !isEngagement || asksForScrolling
            guard counts || goalKeys != nil else { continue }
            if counts { isFound = true }
            if isDated { groups.countsDatedVisitors = true }
            let key = key(of: place, visit, keys, at: time)
            let started = start.map { self.key(of: place, visit, keys, at: $0) }
            for goal in goals(of: place) {
                add(place, numbers, goal, key: key, started: started, to: &groups)
            }
        }
        return isFound
    }

    /// Adds a hit to its group, and its visit to the group of its start.
    private func add(
        _ place: HitPlace,
        _ numbers: Numbers,
        _ goal: Int?,
        key: Groups.Key,
        started: Groups.Key?,
        to groups: inout Groups
    ) {
        let group = groups.place(of: with(goal, key))
        count(place, goal, in: &groups, group)
        if groups.counts[group].last.visitor != numbers.visitor {
            groups.counts[group].visitors += 1
            groups.counts[group].last.visitor = numbers.visitor
        }
        guard let started else { return }
        let start = groups.place(of: with(goal, started))
        groups.counts[start].isPresent = true
        if groups.counts[start].last.visit != numbers.visit {
            groups.counts[start].visits += 1
            groups.counts[start].last.visit = numbers.visit
        }
    }

    private func isWanted(_ place: HitPlace, _ visit: ScannedVisit?, at time: Int) -> Bool {
        query.period.contains(Timestamp(milliseconds: time))
            && condition.passes(place, visit, timeline, query.period)
    }

    private func count(_ place: HitPlace, _ goal: Int?, in groups: inout Groups, _ group: Int) {
        let part = timeline.parts[place.part]
        groups.counts[group].isPresent = true
        switch part.hits.kind(of: place.hit) {
        case .pageview:
            groups.counts[group].pageviews += 1
            groups.counts[group].events += 1
        case .event:
            groups.counts[group].events += 1
            if clicks[place.part][part[.name].places[place.hit]] {
                groups.counts[group].clicks += 1
            }
        case .impression: groups.counts[group].impressions += 1
        case .engagement: break
        }
        if needsValues, let value = part.hits.value(of: place.hit) {
            add(value.millionths, in: value.currency, of: place, goal, to: &groups, group)
        }
    }

    private func add(
        _ value: Int,
        in currency: UInt32,
        of place: HitPlace,
        _ goal: Int?,
        to groups: inout Groups,
        _ group: Int
    ) {
        groups.counts[group].money.sums[currency, default: 0] += Int128(value)
        switch revenue.effect(of: place, in: currency, goal, timeline.parts) {
        case .counts:
            groups.counts[group].money.revenue += Int128(value)
            groups.counts[group].money.payments += 1
        case .isOfOtherCurrency: groups.otherCurrencies += 1
        case .none: break
        }
    }

    private func addEngagement(
        _ place: HitPlace,
        _ visit: ScannedVisit,
        _ number: Int,
        at time: Int,
        to groups: inout Groups
    ) {
        let hits = timeline.parts[place.part].hits
        let key = key(of: place, visit, keys, at: time)
        for goal in goals(of: place) {
            let group = groups.place(of: with(goal, key))
            groups.counts[group].isPresent = true
            if let depth = hits.scroll(of: place.hit) { groups.counts[group].note(depth: depth, of: number) }
            if let engaged = hits.engaged(of: place.hit), engaged > 0 {
                groups.counts[group].note(engaged: engaged, of: number)
            }
        }
    }

    /// Adds a visit that starts in the period to the group of its own attributes.
    private func addWhole(_ visit: ScannedVisit, at start: Int, to groups: inout Groups) {
        let place = visit.visit.first(timeline)
        let group = groups.place(of: key(of: place, visit, visitKeys, at: start))
        // A page at which only visits enter has no row of its own.
        if !query.dimensions.contains(where: \.isOfHits) { groups.counts[group].isPresent = true }
        let counts = visit.visit.counts(timeline)
        groups.counts[group].whole.count += 1
        groups.counts[group].whole.duration += visit.visit.duration(timeline, from: start)
        groups.counts[group].whole.pageviews += counts.pageviews
        groups.counts[group].whole.events += counts.events
        guard entering.passes(place, visit, timeline, query.period) else { return }
        groups.counts[group].whole.entered += 1
        if visit.visit.isBounce(timeline) { groups.counts[group].whole.bounces += 1 }
    }

    /// Adds the hits without a visitor: they belong to no visit.
    private func addLoose(to groups: inout Groups) {
        for (number, part) in timeline.parts.enumerated() {
            for hit in part.loose where part.hits.kind(of: hit) != .engagement {
                let place = HitPlace(part: number, hit: hit)
                let time = timeline.time(of: place)
                guard isWanted(place, nil, at: time) else { continue }
                let key = key(of: place, nil, keys, at: time)
                for goal in goals(of: place) {
                    let group = groups.place(of: with(goal, key))
                    count(place, goal, in: &groups, group)
                }
                groups.loose += 1
            }
        }
    }

    /// The goals by which a hit has groups, by their places; without a dimension of goals it has one without a goal.
    private func goals(of place: HitPlace) -> [Int?] {
        guard let goalKeys else { return Self.noGoal }
        return goalKeys.goals.indices.filter { goalKeys.goals[$0].isReached(by: place, timeline.parts) }
    }

    private static let noGoal: [Int?] = [nil]

    private func with(_ goal: Int?, _ key: Groups.Key) -> Groups.Key {
        guard let goal, let goalKeys else { return key }
        var key = key
        key[goalKeys.place] = UInt32(goal + 1)
        return key
    }

    /// The values of a hit in all dimensions but goals; the time is given, since a visit counts where it starts.
    private func key(
        of place: HitPlace,
        _ visit: ScannedVisit?,
        _ keys: [KeySource],
        at milliseconds: Int
    ) -> Groups.Key {
        var key = Groups.Key.zero
        for (index, source) in keys.enumerated() {
            switch source {
            case .attribute(let values): key[index] = values.value(of: place, visit, timeline.parts)
            case .time(let buckets, let places, _):
                key[index] = buckets.place(of: Timestamp(milliseconds: milliseconds)).map { places[$0] } ?? 0
            case .goals: break
            }
        }
        return key
    }

    private struct GoalKeys {
        /// The place of the dimension.
        let place: Int
        let goals: [GoalTable]
    }
}
