import Analytics

/// The hits that reach a goal, as tables by the entries of the dictionaries of parts.
struct GoalTable: Sendable {
    let goal: Goal
    /// True for the names, or for the paths, that reach it, by part.
    private let passes: [[Bool]]
    /// For each property that it asks for, by part.
    private let properties: [[[Bool]]]

    /// - Parameters:
    ///   - goal: The goal.
    ///   - timeline: The parts.
    ///   - values: The values of the properties that goals ask for, by name and part.
    init(_ goal: Goal, _ timeline: Timeline, properties values: [String: [[String?]]]) {
        self.goal = goal
        let column = goal.column
        let reaching: [Bool]
        switch goal.kind {
        case .event(let name): reaching = timeline.lexicon.names.map { $0.hasBytes(of: name) }
        case .page(let pattern), .scroll(let pattern, _):
            let wildcard = Wildcard(pattern)
            reaching = timeline.lexicon.paths.map { $0.map(wildcard.matches) ?? false }
        }
        passes = timeline.scanned.map { part in part[column].dictionary.map { reaching[Int($0)] } }
        properties = goal.properties.map { name, wanted in
            (values[name] ?? []).map { texts in [false] + texts.map { $0.hasBytes(of: wanted) } }
        }
    }

    /// True if a hit reaches the goal.
    func isReached(by place: HitPlace, _ parts: [Part]) -> Bool {
        isReached(by: place.hit, place.part, parts[place.part])
    }

    private func isReached(by hit: Int, _ number: Int, _ part: Part) -> Bool {
        switch (goal.kind, part.hits.kind(of: hit)) {
        case (.event, .pageview), (.event, .event), (.event, .impression), (.page, .pageview): break
        case (.scroll(_, let depth), .engagement):
            guard let scroll = part.hits.scroll(of: hit), scroll >= depth else { return false }
        default: return false
        }
        guard passes[number][part[goal.column].places[hit]] else { return false }
        return properties.allSatisfy { $0[number][part.hits.props(of: hit)] }
    }
}

extension GoalTable {
    /// Sets the flags of the hits of a block that reach the goal.
    func note(reachedIn block: VisitBlock, _ parts: [Part], _ flags: inout [Bool]) {
        for piece in block.pieces {
            let part = parts[piece.part]
            for entry in piece.entries {
                let visit = Int(block.places[entry])
                var hit = Int(block.firsts[visit])
                for place in block.hits(of: visit) {
                    if isReached(by: hit, piece.part, part) { flags[place] = true }
                    hit += 1
                }
            }
        }
    }
}

extension Goal {
    /// The column whose texts reach it.
    fileprivate var column: Column {
        switch kind {
        case .event: .name
        case .page, .scroll: .path
        }
    }
}

extension String? {
    /// True for the same bytes: texts that are canonically equivalent are different ones.
    fileprivate func hasBytes(of other: String) -> Bool { self.map { $0.utf8.elementsEqual(other.utf8) } ?? false }
}
