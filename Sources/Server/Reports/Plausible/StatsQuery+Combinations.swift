import Analytics

// The metrics that go together with filters, and with the property of a breakdown.
extension StatsQuery {
    /// Refuses metrics that mean nothing with the filters, or with the property of a breakdown.
    func check(by property: Dimension? = nil) throws(QueryRefusal) {
        try checkVisits(property)
        let filtered = filters.flatMap(\.tests).map(\.dimension)
        try checkViews(property, filtered)
        if metrics.contains(.timeOnPage), property != .hit(.page), !filtered.contains(.hit(.page)) {
            throw QueryRefusal(
                "metrics",
                "Metric `time_on_page` can only be queried in a page breakdown or with a page filter."
            )
        }
        if metrics.contains(.conversionRate), property != .goal, !filtered.contains(.goal) {
            throw QueryRefusal(
                "metrics",
                "Metric `conversion_rate` can only be queried in a goal breakdown or with a goal filter"
            )
        }
    }

    /// The metrics of a query with rows by dimensions.
    ///
    /// In rows by anything but goals and properties the rate is one of the visitors of the row, as in Plausible.
    func metrics(by dimensions: [Dimension]) -> [Metric] {
        let isOfGroups = dimensions.contains { dimension in
            switch dimension {
            case .goal, .property: false
            case .hit, .visit, .time: true
            }
        }
        return metrics.map { $0 == .conversionRate && isOfGroups ? .groupConversionRate : $0 }
    }

    private func checkVisits(_ property: Dimension?) throws(QueryRefusal) {
        guard let metric = metrics.first(where: { $0.side == .visits }) else { return }
        let named = filters.flatMap(\.tests).first { $0.dimension.isOfHits && $0.dimension != .hit(.page) }
        if let named {
            throw QueryRefusal(
                "metrics",
                "Session metric `\(metric.rawValue)` cannot be queried when using a filter on `\(named.dimension.name)`."
            )
        }
        if let property, property.isOfHits, property != .hit(.page) {
            throw QueryRefusal(
                "metrics",
                "Session metric `\(metric.rawValue)` cannot be queried for breakdown by `\(property.name)`."
            )
        }
    }

    private func checkViews(_ property: Dimension?, _ filtered: [Dimension]) throws(QueryRefusal) {
        guard metrics.contains(.viewsPerVisit) else { return }
        guard property == nil else {
            throw QueryRefusal("metrics", "Metric `views_per_visit` is not supported in breakdown queries.")
        }
        guard !filtered.contains(.hit(.page)) else {
            throw QueryRefusal("metrics", "Metric `views_per_visit` cannot be queried with a filter on `event:page`.")
        }
    }
}
