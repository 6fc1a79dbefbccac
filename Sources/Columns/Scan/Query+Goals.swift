package import Analytics

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
    var revenueCurrency: String? { revenueCurrencies.count == 1 ? revenueCurrencies.first : nil }

    /// The query for the visitors of whom conversions are a share: without filters by goals and properties, and
    /// without these dimensions.
    var ofAudience: Query {
        var query = self
        query.metrics = [.visitors]
        query.filters = filters.filter { filter in
            if case .test(let test) = filter { !test.dimension.isOfConversions } else { true }
        }
        query.dimensions = dimensions.filter { !$0.isOfConversions }
        query.order = []
        return query
    }
}

extension Dimension {
    /// True for goals and properties.
    var isOfConversions: Bool {
        switch self {
        case .goal, .property: true
        case .hit, .visit, .time: false
        }
    }
}

extension Metric {
    /// True for sums of values.
    var isOfMoney: Bool { self == .totalRevenue || self == .averageRevenue || self == .value }

    /// True for shares of the audience.
    var isOfConversions: Bool { self == .conversionRate || self == .groupConversionRate }
}
