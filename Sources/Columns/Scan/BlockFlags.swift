import Analytics

/// True for the visits of a block, or for its hits, that pass a condition.
typealias BlockFlags = BlockValues<Bool>

extension Condition {
    /// Applies the condition to a block.
    ///
    /// - Parameters:
    ///   - block: The block.
    ///   - parts: All parts.
    ///   - period: The time within which a visit has to have done something.
    /// - Returns: What passes.
    func flags(in block: VisitBlock, _ parts: [Part], _ period: Period) -> BlockFlags {
        switch self {
        case .table(let source, let scope, let passes): return block.values(of: source, scope, passes, parts)
        case .all(let conditions):
            if conditions.count == 1 { return conditions[0].flags(in: block, parts, period) }
            let all = BlockFlags.visits(Array(repeating: true, count: block.count))
            return conditions.reduce(all) { $0.combined($1.flags(in: block, parts, period), in: block) { $0 && $1 } }
        case .any(let conditions):
            let none = BlockFlags.visits(Array(repeating: false, count: block.count))
            return conditions.reduce(none) { $0.combined($1.flags(in: block, parts, period), in: block) { $0 || $1 } }
        case .not(let condition):
            switch condition.flags(in: block, parts, period) {
            case .visits(let flags): return .visits(flags.map { !$0 })
            case .hits(let flags): return .hits(flags.map { !$0 })
            }
        case .done(let condition):
            return .visits(block.visits(with: condition.flags(in: block, parts, period), parts, period))
        case .goals(let goals):
            var flags = Array(repeating: false, count: block.hitCount)
            for goal in goals { goal.note(reachedIn: block, parts, &flags) }
            return .hits(flags)
        }
    }
}

extension BlockFlags {
    /// Combines flags one by one.
    fileprivate func combined(_ other: Self, in block: VisitBlock, _ combine: (Bool, Bool) -> Bool) -> Self {
        switch (self, other) {
        case (.visits(let one), .visits(let other)): .visits(zip(one, other).map(combine))
        default: .hits(zip(hits(in: block), other.hits(in: block)).map(combine))
        }
    }

    /// The flags visit by visit: of hits true if any has one.
    func visits(in block: VisitBlock) -> [Bool] {
        switch self {
        case .visits(let flags): flags
        case .hits(let flags): (0..<block.count).map { visit in block.hits(of: visit).contains { flags[$0] } }
        }
    }

    /// The flags hit by hit.
    func hits(in block: VisitBlock) -> [Bool] {
        switch self {
        case .hits(let flags): return flags
        case .visits(let visits):
            var flags = Array(repeating: false, count: block.hitCount)
            for visit in 0..<block.count where visits[visit] {
                for hit in block.hits(of: visit) { flags[hit] = true }
            }
            return flags
        }
    }
}

extension VisitBlock {
    /// The visits that have a hit with a flag within a period; a hit without a visitor is of none.
    fileprivate func visits(with flags: BlockFlags, _ parts: [Part], _ period: Period) -> [Bool] {
        guard !isLoose else { return Array(repeating: false, count: count) }
        let flags = flags.hits(in: self)
        return (0..<count).map { visit in
            let (part, first) = (parts[Int(self.parts[visit])], Int(firsts[visit]))
            let hits = hits(of: visit)
            return hits.contains { hit in
                guard flags[hit] else { return false }
                return period.contains(Timestamp(milliseconds: part.time(of: first + hit - hits.lowerBound)))
            }
        }
    }
}
