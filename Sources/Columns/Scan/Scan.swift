package import Analytics

/// The pass over a part that answers a query.
package struct Scan: Sendable {
    let part: Part
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
    /// True for the codes of the name `click`.
    private let clicks: [Bool]
    private let goalKeys: GoalKeys?
    /// True if reports of scrolling count for visitors, since the query asks for a goal of scrolling.
    private let asksForScrolling: Bool
    private let needsVisits: Bool
    private let needsValues: Bool
    private let countsEngagement: Bool

    /// - Parameters:
    ///   - query: The query.
    ///   - part: All hits of the period, and those of the visits that reach into it.
    ///   - tables: What its dimensions and goals are in the part.
    ///   - buckets: The buckets of the dimensions of time.
    ///   - masks: The masks of the tests that need the database.
    package init(
        _ query: Query,
        _ part: Part,
        _ tables: QueryTables,
        buckets: [TimeUnit: Buckets],
        masks: [Filter.Test: Mask] = [:]
    ) {
        (self.part, self.query, self.tables) = (part, query, tables)
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
        clicks = part.lexicon.names.map { $0 == "click" }
        goalKeys = query.dimensions.firstIndex(of: .goal).map { GoalKeys(place: $0, goals: tables.goals) }
        asksForScrolling = query.goalsOfFilters?.contains(where: \.isOfScrolling) ?? false
        revenue = RevenueRule(query, tables, part.lexicon.currencies)
        needsVisits = query.metrics.contains { $0.side == .visits }
        needsValues = query.metrics.contains(where: \.isOfMoney)
        countsEngagement = query.metrics.contains { $0 == .scrollDepth || $0 == .timeOnPage }
    }

    /// The scan for the visitors of whom conversions are a share.
    var ofAudience: Scan { Scan(query.ofAudience, part, tables, buckets: buckets, masks: masks) }

    /// Scans the part by two threads.
    func groups() async -> Groups {
        async let second = groups(of: middle..<part.visits.count, loose: part.loose)
        var groups = groups(of: 0..<middle, loose: 0..<0)
        groups.add(await second)
        return groups
    }

    /// The first visit of the second half that begins another visitor.
    private var middle: Int {
        let visitors = part.visits.visitors
        var place = visitors.count / 2
        while place > 0, place < visitors.count, visitors[place - 1] == visitors[place] { place += 1 }
        return place
    }

    private func groups(of visits: Range<Int>, loose: Range<Int>) -> Groups {
        var groups = Groups(sizes: keys.map(\.texts.count))
        var last: (visitor: UInt64, number: Int, isCounted: Bool)?
        for visit in visits {
            let visitor = part.visits.visitors[visit]
            let isNew = last?.visitor != visitor
            let number = isNew ? visit : last?.number ?? visit
            let found = add(visit, of: number, to: &groups)
            let wasCounted = isNew ? false : last?.isCounted ?? false
            if found && !wasCounted { groups.visitors += 1 }
            last = (visitor, number, found || wasCounted)
        }
        for hit in loose { addLoose(hit, to: &groups) }
        return groups
    }

    /// Adds the hits of a visit; returns true if one of them counts for its visitor.
    private func add(_ visit: Int, of visitor: Int, to groups: inout Groups) -> Bool {
        let start = part.visits.starts[visit]
        let startsWithin = query.period.contains(Timestamp(milliseconds: start))
        var isFound = false
        for hit in part.visits.hits[visit] {
            let place = HitPlace(hit: hit, visit: visit)
            guard isWanted(place) else { continue }
            let isEngagement = part.hits.kinds[hit] == .engagement
            if isEngagement, countsEngagement { addEngagement(place, visit, to: &groups) }
            let counts = !isEngagement || asksForScrolling
            guard counts || goalKeys != nil else { continue }
            if counts { isFound = true }
            if part.visits.areDated[visit] { groups.countsDatedVisitors = true }
            let key = key(of: place, keys, at: part.hits.times[hit])
            let started = startsWithin ? self.key(of: place, keys, at: start) : nil
            for goal in goals(of: hit) {
                add(place, visitor, goal, key: key, started: started, to: &groups)
            }
        }
        if isFound, startsWithin, needsVisits { addWhole(visit, at: start, to: &groups) }
        return isFound
    }

    /// Adds a hit to its group, and its visit to the group of its start.
    private func add(
        _ place: HitPlace,
        _ visitor: Int,
        _ goal: Int?,
        key: Groups.Key,
        started: Groups.Key?,
        to groups: inout Groups
    ) {
        let group = groups.place(of: with(goal, key))
        count(place.hit, goal, in: &groups, group)
        if groups.counts[group].last.visitor != visitor {
            groups.counts[group].visitors += 1
            groups.counts[group].last.visitor = visitor
        }
        guard let started, let visit = place.visit else { return }
        let start = groups.place(of: with(goal, started))
        groups.counts[start].isPresent = true
        if groups.counts[start].last.visit != visit {
            groups.counts[start].visits += 1
            groups.counts[start].last.visit = visit
        }
    }

    private func isWanted(_ place: HitPlace) -> Bool {
        query.period.contains(Timestamp(milliseconds: part.hits.times[place.hit]))
            && condition.passes(place, part, query.period)
    }

    private func count(_ hit: Int, _ goal: Int?, in groups: inout Groups, _ group: Int) {
        groups.counts[group].isPresent = true
        switch part.hits.kinds[hit] {
        case .pageview:
            groups.counts[group].pageviews += 1
            groups.counts[group].events += 1
        case .event:
            groups.counts[group].events += 1
            if clicks[Int(part.hits.codes[HitColumn.name.rawValue][hit])] { groups.counts[group].clicks += 1 }
        case .impression: groups.counts[group].impressions += 1
        case .engagement: break
        }
        if needsValues, let value = part.hits.value(of: hit) { add(value, of: hit, goal, to: &groups, group) }
    }

    private func add(_ value: Int, of hit: Int, _ goal: Int?, to groups: inout Groups, _ group: Int) {
        let currency = part.hits.codes[HitColumn.currency.rawValue][hit]
        groups.counts[group].money.sums[currency, default: 0] += Int128(value)
        switch revenue.effect(of: hit, goal, part.hits) {
        case .counts:
            groups.counts[group].money.revenue += Int128(value)
            groups.counts[group].money.payments += 1
        case .isOfOtherCurrency: groups.otherCurrencies += 1
        case .none: break
        }
    }

    private func addEngagement(_ place: HitPlace, _ visit: Int, to groups: inout Groups) {
        let key = key(of: place, keys, at: part.hits.times[place.hit])
        let (depth, engaged) = (Int(part.hits.scrolls[place.hit]), Int(part.hits.engaged[place.hit]))
        for goal in goals(of: place.hit) {
            let group = groups.place(of: with(goal, key))
            groups.counts[group].isPresent = true
            if depth >= 0 { groups.counts[group].note(depth: depth, of: visit) }
            if engaged > 0 { groups.counts[group].note(engaged: engaged, of: visit) }
        }
    }

    /// Adds a visit that starts in the period to the group of its own attributes.
    private func addWhole(_ visit: Int, at start: Int, to groups: inout Groups) {
        let place = HitPlace(hit: part.visits.hits[visit].lowerBound, visit: visit)
        let group = groups.place(of: key(of: place, visitKeys, at: start))
        // A page at which only visits enter has no row of its own.
        if !query.dimensions.contains(where: \.isOfHits) { groups.counts[group].isPresent = true }
        groups.counts[group].whole.count += 1
        groups.counts[group].whole.duration += part.visits.durations[visit]
        groups.counts[group].whole.pageviews += Int(part.visits.pageviews[visit])
        groups.counts[group].whole.events += Int(part.visits.events[visit])
        guard entering.passes(place, part, query.period) else { return }
        groups.counts[group].whole.entered += 1
        if part.visits.bounces[visit] { groups.counts[group].whole.bounces += 1 }
    }

    /// Adds a hit that belongs to no visit, and counts for no visitor.
    private func addLoose(_ hit: Int, to groups: inout Groups) {
        let place = HitPlace(hit: hit, visit: nil)
        guard part.hits.kinds[hit] != .engagement, isWanted(place) else { return }
        let key = key(of: place, keys, at: part.hits.times[hit])
        for goal in goals(of: hit) {
            let group = groups.place(of: with(goal, key))
            count(hit, goal, in: &groups, group)
        }
        groups.loose += 1
    }

    /// The goals by which a hit has groups, by their places; without a dimension of goals it has one without a goal.
    private func goals(of hit: Int) -> [Int?] {
        guard let goalKeys else { return Self.noGoal }
        return goalKeys.goals.indices.filter { goalKeys.goals[$0].isReached(by: hit, part.hits) }
    }

    private static let noGoal: [Int?] = [nil]

    private func with(_ goal: Int?, _ key: Groups.Key) -> Groups.Key {
        guard let goal, let goalKeys else { return key }
        var key = key
        key[goalKeys.place] = UInt32(goal + 1)
        return key
    }

    /// The values of a hit in all dimensions but goals; the time is given, since a visit counts where it starts.
    private func key(of place: HitPlace, _ keys: [KeySource], at milliseconds: Int) -> Groups.Key {
        var key = Groups.Key.zero
        for (index, source) in keys.enumerated() {
            switch source {
            case .attribute(let values): key[index] = part.value(values, place)
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
