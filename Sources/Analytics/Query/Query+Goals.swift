extension Query {
    /// The goals that the filters name; nil if none does.
    package var goalsOfFilters: [Goal]? {
        let tests = filters.compactMap { filter -> Filter.Test? in
            if case .test(let test) = filter, test.dimension == .goal { test } else { nil }
        }
        guard !tests.isEmpty else { return nil }
        return goals.filter { goal in tests.contains { goal.passes($0) } }
    }

    /// The currencies of the goals that the query asks for.
    package var revenueCurrencies: Set<String> {
        let asked = goalsOfFilters ?? (dimensions.contains(.goal) ? goals : [])
        return Set(asked.compactMap(\.currency))
    }

    /// The one currency of these goals; nil if they have none, or several.
    package var revenueCurrency: String? { revenueCurrencies.count == 1 ? revenueCurrencies.first : nil }
}

extension Goal {
    /// True if the shown name passes a test by goals.
    package func passes(_ test: Filter.Test) -> Bool {
        let shown = test.ignoresCase ? name.lowercased() : name
        let compares = test.values.contains { value in
            let value = test.ignoresCase ? value.lowercased() : value
            return test.comparison == .equals ? shown.utf8.elementsEqual(value.utf8) : shown.contains(value)
        }
        return compares != test.isNegated
    }

    package var isOfScrolling: Bool { if case .scroll = kind { true } else { false } }
}
