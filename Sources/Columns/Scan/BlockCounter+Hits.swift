import Analytics

extension BlockCounter {
    /// Counts hits of visits.
    ///
    /// - Parameters:
    ///   - hits: The hits.
    ///   - block: Their block.
    ///   - keys: Its values.
    mutating func count(_ hits: BlockSelection.Hits, _ block: VisitBlock, _ keys: BlockKeys) {
        if let goals = scan.goalFlags(in: block) {
            for goal in goals.indices { count([], hits.filtered(by: goals[goal]), goal, block, keys) }
        } else {
            count([], hits, nil, block, keys)
        }
    }

    /// True for a hit that counts for its visitor: not engagement, unless the query asks for goals of it.
    func isOfVisitor(_ mark: UInt8) -> Bool {
        scan.asksForScrolling || mark & HitColumns.kinds != HitColumns.engagement
    }

    /// Counts visits and hits.
    ///
    /// - Parameters:
    ///   - visits: Visits each of which has all of its hits in one group, in ascending order.
    ///   - hits: Hits of other visits.
    ///   - goal: The place of the goal whose groups the hits are in; nil if rows do not go by goals.
    ///   - block: Their block.
    ///   - keys: Its values.
    mutating func count(
        _ visits: [Int32],
        _ hits: BlockSelection.Hits,
        _ goal: Int?,
        _ block: VisitBlock,
        _ keys: BlockKeys
    ) {
        let visitPlaces = keys.groups(ofVisits: visits, block, in: &groups)
        let places = keys.groups(of: hits, goal, block, atStart: false, in: &groups)
        if scan.extent.engagement { note(engagement: hits, block, places) }
        if scan.extent.values { add(values: hits, goal, block, places) }
        if scan.needsNames { count(clicks: hits, block, places) }
        if scan.countsImpressions { count(impressions: hits, places) }
        let counted = goal == nil && scan.countsEngagement ? hits.filtered { isOfVisitor($0) } : hits
        add(visits, visitPlaces, counted, places, block)
        if scan.countsVisits { for visit in visits { groups.rare[Int(visitPlaces[Int(visit)])].visits += 1 } }
        note(datedVisitorsOf: visits, block)
        note(datedVisitorsOf: counted.visits, block)
        guard scan.countsVisits || keys.hasTime, counted.count > 0 else { return }
        let started = keys.hasTime ? keys.groups(of: counted, goal, block, atStart: true, in: &groups) : places
        note(visitsOf: counted, block, started)
    }

    /// Notes whether one of some visits is of a visitor of a date.
    mutating func note(datedVisitorsOf visits: [Int32], _ block: VisitBlock) {
        guard !groups.countsDatedVisitors, block.hasDatedVisitors else { return }
        groups.countsDatedVisitors = visits.contains { block.marks[Int($0)] & VisitBlock.dated != 0 }
    }

    /// Adds the hits of a block to their groups.
    ///
    /// - Parameters:
    ///   - places: The places of their groups.
    ///   - marks: Their marks, that of engagement for hits that do not count.
    ///   - visitors: Their visitors, those of one visitor one after another.
    mutating func add(_ places: [UInt32], _ marks: [UInt8], _ visitors: [UInt32]) {
        let (places, marks, visitors) = (places.span, marks.span, visitors.span)
        var tallies = groups.tallies.mutableSpan
        for hit in places.indices { tallies[Int(places[hit])].add(passing: marks[hit], of: visitors[hit]) }
    }

    /// Adds visits and hits to their groups, those of one visitor one after another.
    private mutating func add(
        _ visits: [Int32],
        _ visitPlaces: [UInt32],
        _ hits: BlockSelection.Hits,
        _ places: BlockValues<UInt32>,
        _ block: VisitBlock
    ) {
        if hits.count == 0 { return add(visits, visitPlaces, block) }
        switch places {
        case .visits(let places): add(visits, visitPlaces, hits, places, at: hits.visits, block)
        case .hits(let places): add(visits, visitPlaces, hits, places, at: hits.places, block)
        }
    }

    /// Adds visits to their groups.
    private mutating func add(_ visits: [Int32], _ places: [UInt32], _ block: VisitBlock) {
        let (visits, places, visitors) = (visits.span, places.span, block.visitors.span)
        let countsVisitorsAlone = scan.countsVisitorsAlone
        var tallies = groups.tallies.mutableSpan
        if countsVisitorsAlone {
            for index in visits.indices {
                let visit = Int(visits[index])
                tallies[Int(places[visit])].note(visitor: visitors[visit])
            }
            return
        }
        let (pageviews, events) = (block.pageviews.span, block.events.span)
        for index in visits.indices {
            let visit = Int(visits[index])
            tallies[Int(places[visit])].add(
                visitOf: visitors[visit],
                pageviews: pageviews[visit],
                events: events[visit]
            )
        }
    }

    /// Adds visits and hits to their groups.
    ///
    /// - Parameters:
    ///   - visits: The visits.
    ///   - visitPlaces: The places of the groups of visits.
    ///   - hits: The hits.
    ///   - hitPlaces: The places of the groups of hits, or of visits.
    ///   - indices: For each hit where its own is among these.
    ///   - block: Their block.
    private mutating func add(
        _ visits: [Int32],
        _ visitPlaces: [UInt32],
        _ hits: BlockSelection.Hits,
        _ hitPlaces: [UInt32],
        at indices: [Int32],
        _ block: VisitBlock
    ) {
        let (visitors, pageviews, events) = (block.visitors.span, block.pageviews.span, block.events.span)
        let (visits, visitPlaces, hitPlaces, indices) = (visits.span, visitPlaces.span, hitPlaces.span, indices.span)
        let (hitVisits, marks) = (hits.visits.span, hits.marks.span)
        var tallies = groups.tallies.mutableSpan
        var next = 0
        for index in visits.indices {
            let visit = visits[index]
            while next < hitVisits.count, hitVisits[next] < visit {
                tallies[Int(hitPlaces[Int(indices[next])])].add(hitOf: visitors[Int(hitVisits[next])], marks[next])
                next += 1
            }
            let place = Int(visit)
            tallies[Int(visitPlaces[place])].add(
                visitOf: visitors[place],
                pageviews: pageviews[place],
                events: events[place]
            )
        }
        while next < hitVisits.count {
            tallies[Int(hitPlaces[Int(indices[next])])].add(hitOf: visitors[Int(hitVisits[next])], marks[next])
            next += 1
        }
    }

    /// Counts visits that start in the period in the groups that their hits have at their starts.
    private mutating func note(
        visitsOf hits: BlockSelection.Hits,
        _ block: VisitBlock,
        _ places: BlockValues<UInt32>
    ) {
        let (starts, first, period) = (block.starts.span, base + 1, period)
        var rare = groups.rare.mutableSpan
        for (index, visit) in hits.visits.enumerated() where period.contains(starts[Int(visit)]) {
            rare[places.group(of: index, hits)].note(visit: first + UInt32(truncatingIfNeeded: visit))
        }
    }

    private mutating func count(clicks hits: BlockSelection.Hits, _ block: VisitBlock, _ places: BlockValues<UInt32>) {
        for (index, mark) in hits.marks.enumerated() where mark & HitColumns.kinds == HitColumns.event {
            let visit = Int(hits.visits[index])
            let hit = block.hit(at: Int(hits.places[index]), in: visit)
            if scan.isClick(hit, of: Int(block.parts[visit])) {
                groups.rare[places.group(of: index, hits)].clicks += 1
            }
        }
    }

    private mutating func count(impressions hits: BlockSelection.Hits, _ places: BlockValues<UInt32>) {
        for (index, mark) in hits.marks.enumerated() where mark & HitColumns.kinds == HitColumns.impression {
            groups.rare[places.group(of: index, hits)].impressions += 1
        }
    }

    private mutating func add(
        values hits: BlockSelection.Hits,
        _ goal: Int?,
        _ block: VisitBlock,
        _ places: BlockValues<UInt32>
    ) {
        for (index, mark) in hits.marks.enumerated() where goal != nil || isOfVisitor(mark) {
            let (visit, group) = (Int(hits.visits[index]), places.group(of: index, hits))
            let (part, hit) = (Int(block.parts[visit]), block.hit(at: Int(hits.places[index]), in: visit))
            guard let value = parts[part].hits.value(of: hit) else { continue }
            groups.money[group].sums[value.currency, default: 0] += Int128(value.millionths)
            switch scan.revenue.effect(of: HitPlace(part: part, hit: hit), in: value.currency, goal, parts) {
            case .counts:
                groups.money[group].revenue += Int128(value.millionths)
                groups.money[group].payments += 1
            case .isOfOtherCurrency: groups.otherCurrencies += 1
            case .none: break
            }
        }
    }

    private mutating func note(engagement hits: BlockSelection.Hits, _ block: VisitBlock, _ places: BlockValues<UInt32>)
    {
        for (index, mark) in hits.marks.enumerated() where mark & HitColumns.kinds == HitColumns.engagement {
            let (visit, group) = (Int(hits.visits[index]), places.group(of: index, hits))
            let hit = block.hit(at: Int(hits.places[index]), in: visit)
            let columns = parts[Int(block.parts[visit])].hits
            let number = base + UInt32(truncatingIfNeeded: visit) + 1
            groups.rare[group].found += 1
            if let depth = columns.scroll(of: hit) { groups.engagement[group].note(depth: depth, of: number) }
            if let engaged = columns.engaged(of: hit), engaged > 0 {
                groups.engagement[group].note(engaged: engaged, of: number)
            }
        }
    }

    /// Counts the hits of a block that have no visitor: they belong to no visit.
    mutating func count(loose hits: BlockSelection.Hits, _ block: VisitBlock, _ keys: BlockKeys) {
        groups.loose += hits.places.count
        guard let goals = scan.goalFlags(in: block) else { return count(loose: hits, nil, block, keys) }
        for goal in goals.indices { count(loose: hits.filtered(by: goals[goal]), goal, block, keys) }
    }

    private mutating func count(
        loose hits: BlockSelection.Hits,
        _ goal: Int?,
        _ block: VisitBlock,
        _ keys: BlockKeys
    ) {
        let places = keys.groups(of: hits, goal, block, atStart: false, in: &groups)
        if scan.extent.values { add(values: hits, goal, block, places) }
        if scan.needsNames { count(clicks: hits, block, places) }
        if scan.countsImpressions { count(impressions: hits, places) }
        for (index, mark) in hits.marks.enumerated() {
            let group = places.group(of: index, hits)
            groups.tallies[group].add(mark)
            groups.rare[group].found += 1
        }
    }
}

extension BlockValues<UInt32> {
    /// The place of the group of a hit.
    fileprivate func group(of index: Int, _ hits: BlockSelection.Hits) -> Int {
        switch self {
        case .visits(let places): Int(places[Int(hits.visits[index])])
        case .hits(let places): Int(places[Int(hits.places[index])])
        }
    }
}
