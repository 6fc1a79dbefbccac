package import Analytics

/// The pass over a part that answers a query.
package struct Scan: Sendable {
    let part: Part
    let query: Query
    let keys: [KeySource]
    /// The keys of whole visits.
    let visitKeys: [KeySource]
    private let condition: Condition
    /// The condition on the entry page of visits whose bounces count.
    private let entering: Condition
    /// True for the codes of the name `click`.
    private let clicks: [Bool]
    private let needsVisits: Bool
    private let countsEngagement: Bool

    /// - Parameters:
    ///   - query: The query.
    ///   - part: All hits of the period, and those of the visits that reach into it.
    ///   - buckets: The buckets of the dimensions of time.
    ///   - masks: The masks of the tests that need the database.
    package init(_ query: Query, _ part: Part, buckets: [TimeUnit: Buckets], masks: [Filter.Test: Mask] = [:]) {
        self.part = part
        self.query = query
        keys = query.dimensions.compactMap { dimension in
            if case .time(let unit) = dimension { return buckets[unit].map { KeySource($0) } }
            return part.values(of: dimension).map { .attribute($0) }
        }
        visitKeys = keys.map(\.ofVisits)
        let conditions = query.filters.map { Condition($0, part, masks) }
        condition = .all(conditions)
        entering = .all(conditions.compactMap(\.ofEntry))
        clicks = part.lexicon.names.map { $0 == "click" }
        needsVisits = query.metrics.contains { $0.side == .visits }
        countsEngagement = query.metrics.contains { $0 == .scrollDepth || $0 == .timeOnPage }
    }

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
            if found, part.visits.areDated[visit] { groups.countsDatedVisitors = true }
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
            if part.hits.kinds[hit] == .engagement {
                if countsEngagement { addEngagement(place, visit, to: &groups) }
                continue
            }
            isFound = true
            let key = key(of: place, keys, at: part.hits.times[hit])
            let group = groups.place(of: key)
            count(hit, in: &groups.counts[group])
            if groups.counts[group].last.visitor != visitor {
                groups.counts[group].visitors += 1
                groups.counts[group].last.visitor = visitor
            }
            guard startsWithin else { continue }
            let started = groups.place(of: self.key(of: place, keys, at: start))
            groups.counts[started].isPresent = true
            if groups.counts[started].last.visit != visit {
                groups.counts[started].visits += 1
                groups.counts[started].last.visit = visit
            }
        }
        if isFound, startsWithin, needsVisits { addWhole(visit, at: start, to: &groups) }
        return isFound
    }

    private func isWanted(_ place: HitPlace) -> Bool {
        query.period.contains(Timestamp(milliseconds: part.hits.times[place.hit]))
            && condition.passes(place, part, query.period)
    }

    private func count(_ hit: Int, in counts: inout Counts) {
        counts.isPresent = true
        switch part.hits.kinds[hit] {
        case .pageview:
            counts.pageviews += 1
            counts.events += 1
        case .event:
            counts.events += 1
            if clicks[Int(part.hits.codes[HitColumn.name.rawValue][hit])] { counts.clicks += 1 }
        case .impression: counts.impressions += 1
        case .engagement: break
        }
    }

    private func addEngagement(_ place: HitPlace, _ visit: Int, to groups: inout Groups) {
        let group = groups.place(of: key(of: place, keys, at: part.hits.times[place.hit]))
        groups.counts[group].isPresent = true
        let (depth, engaged) = (Int(part.hits.scrolls[place.hit]), Int(part.hits.engaged[place.hit]))
        if depth >= 0 { groups.counts[group].note(depth: depth, of: visit) }
        if engaged > 0 { groups.counts[group].note(engaged: engaged, of: visit) }
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
        let group = groups.place(of: key(of: place, keys, at: part.hits.times[hit]))
        count(hit, in: &groups.counts[group])
        groups.loose += 1
    }

    /// The values of a hit in all dimensions; the time is given, since a visit counts where it starts.
    private func key(of place: HitPlace, _ keys: [KeySource], at milliseconds: Int) -> Groups.Key {
        var key = Groups.Key.zero
        for (index, source) in keys.enumerated() {
            switch source {
            case .attribute(let values): key[index] = part.value(values, place)
            case .time(let buckets, let places, _):
                key[index] = buckets.place(of: Timestamp(milliseconds: milliseconds)).map { places[$0] } ?? 0
            }
        }
        return key
    }
}
