package import Analytics

/// What the dimensions and goals of queries are in parts.
package struct QueryTables: Sendable {
    /// The values of the dimensions by which the queries group or filter, but for time and goals.
    package let attributes: [Dimension: AttributeValues]
    /// The goals, in their order; none unless a query asks for them.
    private let goals: [GoalTable]

    /// - Parameters:
    ///   - queries: The queries, all with the same goals and page rules.
    ///   - timeline: The parts.
    ///   - users: The names of users by their visitors; only those asked for by `visit:user` are needed.
    package init(_ queries: [Query], _ timeline: Timeline, users: [Visitor: String] = [:]) {
        let dimensions = queries.reduce(into: Set<Dimension>()) { $0.formUnion($1.usedDimensions) }
        let goals = queries.first { $0.usedDimensions.contains(.goal) }?.goals ?? []
        let properties = timeline.values(ofProperties: Self.properties(dimensions, goals))
        let pages = PageTexts(timeline.lexicon.paths, joinedBy: queries.first?.pageRules ?? [])
        attributes = Dictionary(
            uniqueKeysWithValues: dimensions.compactMap { dimension in
                timeline.values(of: dimension, pages: pages, properties: properties, users: users).map {
                    (dimension, $0)
                }
            }
        )
        self.goals = goals.map { GoalTable($0, timeline, properties: properties) }
    }

    /// The goals that a query asks for.
    func goals(of query: Query) -> [GoalTable] { query.usedDimensions.contains(.goal) ? goals : [] }

    private static func properties(_ dimensions: Set<Dimension>, _ goals: [Goal]) -> Set<String> {
        let named: [String] = dimensions.compactMap { if case .property(let name) = $0 { name } else { nil } }
        return Set(named + goals.flatMap(\.properties.keys))
    }
}

extension Query {
    /// The dimensions by which it groups or filters.
    package var usedDimensions: Set<Dimension> { Set(dimensions + filters.flatMap(\.tests).map(\.dimension)) }
}
