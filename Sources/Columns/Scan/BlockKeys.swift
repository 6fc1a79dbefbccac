import Analytics

/// The values of the visits and hits of a block in the dimensions of a query.
struct BlockKeys {
    /// The values in a dimension.
    private enum Values {
        case visits([UInt32])
        case hits([UInt32])
        case time(TimeTable)
        /// The goals of a hit, which has a group in each.
        case goal
    }

    private let all: [Values]
    /// True if a hit may be in another group than the same hit at another time.
    let hasTime: Bool
    /// True if the hits of a visit may be in different groups at the same time.
    let isOfHits: Bool

    /// - Parameters:
    ///   - sources: The dimensions.
    ///   - block: The block.
    ///   - parts: All parts.
    init(_ sources: [KeySource], _ block: VisitBlock, _ parts: [Part]) {
        all = sources.map { source in
            switch source {
            case .time(let table, _): return .time(table)
            case .goals: return .goal
            case .attribute(let values):
                switch block.values(of: values.source, values.scope, values.tables, parts) {
                case .visits(let values): return .visits(values)
                case .hits(let values): return .hits(values)
                }
            }
        }
        hasTime = sources.contains(where: \.isTime)
        isOfHits = all.contains { values in
            switch values {
            case .visits, .time: false
            case .hits, .goal: true
            }
        }
    }

    /// The places of the groups of visits, each at its start.
    ///
    /// - Parameters:
    ///   - visits: The visits.
    ///   - block: Their block.
    ///   - groups: The groups.
    /// - Returns: The places by visit; those of other visits mean nothing.
    func groups(ofVisits visits: [Int32], _ block: VisitBlock, in groups: inout Groups) -> [UInt32] {
        if all.isEmpty { return Array(repeating: 0, count: block.count) }
        if all.count == 1, case .visits(let values) = all[0] {
            return places(of: values, at: visits, in: &groups)
        }
        var places = Array(repeating: UInt32(0), count: block.count)
        let starts = block.starts
        if all.count == 1, case .time(let table) = all[0] {
            for visit in visits { places[Int(visit)] = groups.place(of: table.value(at: starts[Int(visit)])) }
            return places
        }
        for visit in visits {
            places[Int(visit)] = groups.place(of: key(of: Int(visit), nil, at: starts[Int(visit)], nil))
        }
        return places
    }

    /// The places of the groups of hits.
    ///
    /// - Parameters:
    ///   - hits: The hits.
    ///   - goal: The place of their goal; nil if rows do not go by goals.
    ///   - block: Their block.
    ///   - atStart: True to take the start of the visit as the time of a hit.
    ///   - groups: The groups.
    /// - Returns: The places by hit, or by visit.
    func groups(
        of hits: BlockSelection.Hits,
        _ goal: Int?,
        _ block: VisitBlock,
        atStart: Bool,
        in groups: inout Groups
    ) -> BlockValues<UInt32> {
        if all.isEmpty { return .visits(Array(repeating: 0, count: block.count)) }
        switch all.count == 1 ? all[0] : nil {
        case .visits(let values): return .visits(places(of: values, at: hits.visits, in: &groups))
        case .hits(let values): return .hits(places(of: values, at: hits.places, in: &groups))
        default: break
        }
        var places = Array(repeating: UInt32(0), count: block.hitCount)
        for (index, place) in hits.places.enumerated() {
            let (visit, place) = (Int(hits.visits[index]), Int(place))
            let time = atStart ? block.starts[visit] : block.time(of: place, in: visit)
            places[place] = groups.place(of: key(of: visit, place, at: time, goal))
        }
        return .hits(places)
    }

    /// The places of groups with values in the only dimension.
    private func places(of values: [UInt32], at indices: [Int32], in groups: inout Groups) -> [UInt32] {
        guard !groups.isDirect else { return values }
        var places = values
        for index in indices { places[Int(index)] = groups.place(of: values[Int(index)]) }
        return places
    }

    private func key(of visit: Int, _ hit: Int?, at milliseconds: Int, _ goal: Int?) -> Groups.Key {
        var key = Groups.Key.zero
        for (place, values) in all.enumerated() {
            switch values {
            case .visits(let values): key[place] = values[visit]
            case .hits(let values): key[place] = hit.map { values[$0] } ?? 0
            case .time(let table): key[place] = table.value(at: milliseconds)
            case .goal: key[place] = goal.map { UInt32($0 + 1) } ?? 0
            }
        }
        return key
    }

    /// The visits that have all of their hits in one group, and the others; each in ascending order.
    func divided(_ selection: BlockSelection) -> (same: [Int32], others: [Int32]) {
        guard hasTime || !selection.areWhole else { return (selection.visits, []) }
        let tables: [TimeTable] = all.compactMap { if case .time(let table) = $0 { table } else { nil } }
        // One table after the other: a loop over them within that over the visits would retain them for each visit.
        var areSame = selection.visits.map { selection.isWhole(Int($0)) }
        for table in tables { table.note(where: selection, &areSame) }
        var (same, others): ([Int32], [Int32]) = ([], [])
        same.reserveCapacity(selection.visits.count)
        for (index, visit) in selection.visits.enumerated() {
            if areSame[index] { same.append(visit) } else { others.append(visit) }
        }
        return (same, others)
    }
}

extension TimeTable {
    /// Unsets the flags of visits that do not begin and end in the same bucket.
    ///
    /// - Parameters:
    ///   - selection: The visits.
    ///   - areSame: A flag for each of them.
    fileprivate func note(where selection: BlockSelection, _ areSame: inout [Bool]) {
        let (starts, lasts, visits) = (selection.block.starts.span, selection.block.lasts.span, selection.visits.span)
        var areSame = areSame.mutableSpan
        for index in visits.indices {
            let visit = Int(visits[index])
            if value(at: starts[visit]) != value(at: lasts[visit]) { areSame[index] = false }
        }
    }
}
