import Analytics

/// The hits that reach a goal, as tables by the codes of their texts.
struct GoalTable: Sendable {
    let goal: Goal
    /// True for the names, or for the paths, that reach it.
    private let passes: [Bool]
    private let properties: [[Bool]]

    /// - Parameters:
    ///   - goal: The goal.
    ///   - lexicon: The texts of the part that is scanned.
    ///   - values: The values of the properties that goals ask for, by name and by the code of all properties.
    init(_ goal: Goal, _ lexicon: Lexicon, properties values: [String: [String?]]) {
        self.goal = goal
        switch goal.kind {
        case .event(let name): passes = lexicon.names.map { $0.hasBytes(of: name) }
        case .page(let pattern), .scroll(let pattern, _):
            let wildcard = Wildcard(pattern)
            passes = lexicon.paths.map { $0.map(wildcard.matches) ?? false }
        }
        properties = goal.properties.map { name, wanted in (values[name] ?? []).map { $0.hasBytes(of: wanted) } }
    }

    /// True if the hit at a place of the columns reaches the goal.
    func isReached(by hit: Int, _ hits: HitColumns) -> Bool {
        switch (goal.kind, hits.kinds[hit]) {
        case (.event, .pageview), (.event, .event), (.event, .impression):
            guard passes[code(.name, hit, hits)] else { return false }
        case (.page, .pageview):
            guard passes[code(.path, hit, hits)] else { return false }
        case (.scroll(_, let depth), .engagement):
            guard hits.scrolls[hit] >= depth, passes[code(.path, hit, hits)] else { return false }
        default: return false
        }
        return properties.allSatisfy { $0[code(.props, hit, hits)] }
    }

    private func code(_ column: HitColumn, _ hit: Int, _ hits: HitColumns) -> Int {
        Int(hits.codes[column.rawValue][hit])
    }
}

extension String? {
    /// True for the same bytes: texts that are canonically equivalent are different ones.
    fileprivate func hasBytes(of other: String) -> Bool { self.map { $0.utf8.elementsEqual(other.utf8) } ?? false }
}
