import Analytics

extension Query {
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
