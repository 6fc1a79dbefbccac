import Analytics

extension Query {
    /// Gives the query the goals of its site, and the rules that join its pages.
    mutating func use(_ site: Site) {
        goals = site.goals
        pageRules = site.settings.pageRules
    }

    /// True if rows or hits go by goals; `done` is about other hits.
    var isByGoals: Bool {
        dimensions.contains(.goal) || filters.flatMap(\.ownTests).contains { $0.dimension == .goal }
    }

    /// The names of the goals that the answer depends on.
    var usedGoals: Set<String> {
        let tests = filters.flatMap(\.tests).filter { $0.dimension == .goal }
        let isByAll = dimensions.contains(.goal)
        return Set(goals.filter { goal in isByAll || tests.contains { goal.passes($0) } }.map(\.name))
    }

    /// The first name in a filter by goals that no goal of the site has; nil if there is none.
    var unknownGoal: String? {
        for test in filters.flatMap(\.tests) where test.dimension == .goal {
            let unknown = test.values.first { value in !goals.contains { test.takes($0, value) } }
            if let unknown { return unknown }
        }
        return nil
    }
}

extension Filter {
    /// The tests of the hit itself: all but those of `done`.
    var ownTests: [Test] {
        switch self {
        case .test(let test): [test]
        case .all(let filters), .any(let filters): filters.flatMap(\.ownTests)
        case .not(let filter): filter.ownTests
        case .done: []
        }
    }
}

extension Filter.Test {
    /// True if goals are compared by a way that there is for them.
    var suitsGoals: Bool { !isNegated && comparison != .matches }

    /// True if a value means a goal.
    fileprivate func takes(_ goal: Goal, _ value: String) -> Bool {
        let (name, value) = ignoresCase ? (goal.name.lowercased(), value.lowercased()) : (goal.name, value)
        return comparison == .contains ? name.contains(value) : name.utf8.elementsEqual(value.utf8)
    }
}
