import Analytics

/// The counting of the visits of blocks for one query.
struct BlockCounter {
    let scan: Scan
    var groups: Groups
    /// The number of the last visit of the blocks before.
    private(set) var base: UInt32 = 0
    let period: Range<Int>
    let parts: [Part]
    /// The condition on the entry pages of visits whose bounces count; nil for none.
    private let entering: Condition?

    init(_ scan: Scan) {
        self.scan = scan
        parts = scan.timeline.scanned
        period = scan.period
        entering = scan.entering()
        groups = Groups(sizes: scan.keys.map(\.texts.count), scan.extent)
    }

    /// Counts a block.
    ///
    /// - Parameter selection: What passes the filters of the query.
    mutating func count(_ selection: inout BlockSelection) {
        guard !selection.visits.isEmpty else { return }
        let keys = BlockKeys(scan.keys, &selection, parts)
        if selection.block.isLoose {
            let hits = selection.hits(withEngagement: false)
            count(loose: hits, selection.block, keys)
            return
        }
        defer { base += UInt32(truncatingIfNeeded: selection.block.count) }
        if scan.countsKindsAlone {
            if let places = keys.groups(ofAllHitsIn: &groups) { return count(allHitsIn: places, &selection, keys) }
            // Without a filter of hits they need not be looked at.
            if scan.countsVisitorsAlone, !keys.isOfHits, !keys.hasTime, selection.hitFlags != nil {
                return count(visitorsOf: selection.passingHits().visits, &selection, keys)
            }
        }
        var same: [Int32] = []
        let hits: BlockSelection.Hits
        if keys.isOfHits || scan.needsHits || selection.hitFlags != nil {
            hits = selection.hits(withEngagement: scan.countsEngagement)
            count(hits, selection.block, keys)
        } else {
            let others: [Int32]
            (same, others) = keys.divided(selection)
            hits = selection.hits(of: others, withEngagement: false)
            count(same, hits, nil, selection.block, keys)
        }
        if scan.extent.visits || scan.needsTotal { count(found: found(same, hits), &selection, keys) }
    }

    /// Counts all hits that pass in the groups that they have in the only dimension.
    private mutating func count(allHitsIn places: [UInt32], _ selection: inout BlockSelection, _ keys: BlockKeys) {
        let (marks, visits) = selection.passingHits()
        selection.takeHitVisitors()
        add(places, marks, selection.block.hitVisitors)
        note(datedVisitorsOf: visits, selection.block)
        if scan.extent.visits || scan.needsTotal { count(found: visits, &selection, keys) }
    }

    /// Counts the visitors of visits that have all of their hits in one group.
    private mutating func count(visitorsOf visits: [Int32], _ selection: inout BlockSelection, _ keys: BlockKeys) {
        count(visits, BlockSelection.Hits(), nil, selection.block, keys)
        if scan.needsTotal { count(found: visits, &selection, keys) }
    }

    /// The visits of which a hit counts for the visitor, in ascending order.
    private func found(_ visits: [Int32], _ hits: BlockSelection.Hits) -> [Int32] {
        guard hits.count > 0 else { return visits }
        var found: [Int32] = []
        var next = 0
        for visit in visits + [.max] {
            while next < hits.count, hits.visits[next] < visit {
                if found.last != hits.visits[next], isOfVisitor(hits.marks[next]) { found.append(hits.visits[next]) }
                next += 1
            }
            if visit != .max { found.append(visit) }
        }
        return found
    }

    /// Counts the visitors in any group, and the visits that start in the period.
    ///
    /// - Parameters:
    ///   - visits: The visits of which a hit counts for the visitor, in ascending order.
    ///   - selection: What passes the filters of the query.
    ///   - keys: The values of its hits.
    private mutating func count(found visits: [Int32], _ selection: inout BlockSelection, _ keys: BlockKeys) {
        let block = selection.block
        if scan.needsTotal {
            var last: UInt32 = 0
            for visit in visits where block.visitors[Int(visit)] != last {
                last = block.visitors[Int(visit)]
                groups.visitors += 1
            }
        }
        guard scan.extent.visits else { return }
        let starts = block.starts
        // Visits have values of their own where hits have, and the same ones elsewhere.
        let keys = scan.isByHits ? BlockKeys(scan.visitKeys, &selection, parts) : keys
        count(whole: visits.filter { period.contains(starts[Int($0)]) }, block, keys)
    }

    /// Counts visits that start in the period in the groups of their own attributes.
    private mutating func count(whole visits: [Int32], _ block: VisitBlock, _ keys: BlockKeys) {
        let places = keys.groups(ofVisits: visits, block, in: &groups)
        let entering = entering.map { $0.flags(in: block, parts, scan.query.period).visits(in: block) }
        // A page at which only visits enter has no row of its own.
        if !scan.isByHits { for visit in visits { groups.rare[Int(places[Int(visit)])].found += 1 } }
        let (durations, pageviews, events) = (block.durations.span, block.pageviews.span, block.events.span)
        var whole = groups.whole.mutableSpan
        for visit in visits {
            let visit = Int(visit)
            let group = Int(places[visit])
            whole[group].count += 1
            whole[group].duration += Int(durations[visit])
            whole[group].pageviews += Int(pageviews[visit])
            whole[group].events += Int(events[visit])
            if let entering, !entering[visit] { continue }
            whole[group].entered += 1
            if pageviews[visit] < 2, !block.hasInteraction(visit) { whole[group].bounces += 1 }
        }
    }
}
