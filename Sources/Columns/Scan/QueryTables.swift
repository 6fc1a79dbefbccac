package import Analytics

/// What the dimensions and goals of a query are in parts.
package struct QueryTables: Sendable {
    /// The values of the dimensions by which the query groups or filters, but for time and goals.
    package let attributes: [Dimension: AttributeValues]
    /// The goals of the query, in its order.
    let goals: [GoalTable]

    /// - Parameters:
    ///   - query: The query.
    ///   - timeline: The parts.
    ///   - users: The names of users by their visitors; only those asked for by `visit:user` are needed.
    package init(_ query: Query, _ timeline: Timeline, users: [Visitor: String] = [:]) {
        let dimensions = Set(query.dimensions + query.filters.flatMap(\.tests).map(\.dimension))
        let usesGoals = dimensions.contains(.goal)
        let goals = usesGoals ? query.goals : []
        let properties = timeline.values(ofProperties: Self.properties(dimensions, goals))
        let pages = PageRules(query.pageRules).joined(timeline.lexicon.paths)
        attributes = Dictionary(
            uniqueKeysWithValues: dimensions.compactMap { dimension in
                timeline.values(of: dimension, pages: pages, properties: properties, users: users).map {
                    (dimension, $0)
                }
            }
        )
        self.goals = goals.map { GoalTable($0, timeline, properties: properties) }
    }

    private static func properties(_ dimensions: Set<Dimension>, _ goals: [Goal]) -> Set<String> {
        let named: [String] = dimensions.compactMap { if case .property(let name) = $0 { name } else { nil } }
        return Set(named + goals.flatMap(\.properties.keys))
    }
}

/// The rules that join pages: a path is the first pattern that it matches.
private struct PageRules {
    private let rules: [(text: String, pattern: Wildcard)]

    init(_ rules: [String]) { self.rules = rules.map { ($0, Wildcard($0)) } }

    func joined(_ paths: [String?]) -> [String?] {
        guard !rules.isEmpty else { return paths }
        return paths.map { path in
            path.map { path in rules.first { $0.pattern.matches(path) }?.text ?? path }
        }
    }
}
