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
    ///   - selection: What passes the filters of the query.
    ///   - parts: All parts.
    init(_ sources: [KeySource], _ selection: inout BlockSelection, _ parts: [Part]) {
        var all: [Values] = []
        for source in sources {
            switch source {
            case .time(let table, _): all.append(.time(table))
            case .goals: all.append(.goal)
            case .attribute(let attribute):
                switch selection.values(of: attribute, parts) {
                case .visits(let values): all.append(.visits(values))
                case .hits(let values): all.append(.hits(values))
                }
            }
        }
        self.all = all
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
            table.note(valuesOf: starts, at: visits, &places)
            return self.places(of: places, at: visits, in: &groups)
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
        case .time(let table):
            let times = hits.times(in: block, atStart: atStart)
            var places = Array(repeating: UInt32(0), count: block.hitCount)
            for index in times.indices { places[Int(hits.places[index])] = table.value(at: times[index]) }
            return .hits(self.places(of: places, at: hits.places, in: &groups))
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

    /// The places of the groups of all hits of a block; nil unless the only dimension is one of hits.
    func groups(ofAllHitsIn groups: inout Groups) -> [UInt32]? {
        guard all.count == 1, case .hits(let values) = all[0] else { return nil }
        return groups.isDirect ? values : values.map { groups.place(of: $0) }
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
        guard hasTime else { return (selection.whole, selection.cut) }
        let tables: [TimeTable] = all.compactMap { if case .time(let table) = $0 { table } else { nil } }
        // One table after the other: a loop over them within that over the visits would retain them for each visit.
        var areSame = Array(repeating: true, count: selection.whole.count)
        for table in tables { table.note(where: selection, &areSame) }
        var (same, others): ([Int32], [Int32]) = ([], selection.cut)
        same.reserveCapacity(selection.whole.count)
        for (index, visit) in selection.whole.enumerated() {
            if areSame[index] { same.append(visit) } else { others.append(visit) }
        }
        return (same, selection.cut.isEmpty ? others : others.sorted())
    }
}

extension BlockSelection {
    /// The values that visits or hits have in a dimension.
    fileprivate mutating func values(of attribute: AttributeValues, _ parts: [Part]) -> BlockValues<UInt32> {
        guard case .column(let column) = attribute.source, let known = attribute.codes else {
            return block.values(of: attribute.source, attribute.scope, attribute.tables, parts)
        }
        let codes = codes(of: column, attribute.scope, known.dictionaries)
        let values = known.values.map { codes.looked(up: $0) } ?? codes
        return attribute.scope == .hit ? .hits(values) : .visits(values)
    }
}

extension BlockSelection.Hits {
    /// The times of hits, or of the starts of their visits, in milliseconds since 1970.
    fileprivate func times(in block: VisitBlock, atStart: Bool) -> [Int] {
        if atStart { return visits.map { block.starts[Int($0)] } }
        return places.indices.map { block.time(of: Int(places[$0]), in: Int(visits[$0])) }
    }
}

extension [UInt32] {
    /// The values that a table has for these codes.
    fileprivate func looked(up table: [UInt32]) -> [UInt32] {
        let table = table.span
        return map { table[Int($0)] }
    }
}

extension TimeTable {
    /// Takes the values of the starts of visits.
    fileprivate func note(valuesOf starts: [Int], at visits: [Int32], _ values: inout [UInt32]) {
        let (starts, visits) = (starts.span, visits.span)
        var values = values.mutableSpan
        for index in visits.indices { values[Int(visits[index])] = value(at: starts[Int(visits[index])]) }
    }

    /// Unsets the flags of visits that do not begin and end in the same bucket.
    ///
    /// - Parameters:
    ///   - selection: The visits.
    ///   - areSame: A flag for each of its whole visits.
    fileprivate func note(where selection: BlockSelection, _ areSame: inout [Bool]) {
        let (starts, lasts, visits) = (selection.block.starts.span, selection.block.lasts.span, selection.whole.span)
        var areSame = areSame.mutableSpan
        for index in visits.indices {
            let visit = Int(visits[index])
            if value(at: starts[visit]) != value(at: lasts[visit]) { areSame[index] = false }
        }
    }
}
