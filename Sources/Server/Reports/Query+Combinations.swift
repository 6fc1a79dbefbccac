import Analytics

// The metrics that go together with dimensions and filters.
extension Query {
    /// Refuses numbers of visits by dimensions of hits, and of hits by those of visits, where they mean nothing.
    func checkCombinations() throws(QueryRefusal) {
        guard !metrics.contains(.users) || basis == .event else {
            throw QueryRefusal(
                "metrics",
                "Metric `users` can only be queried without filters, without bots, and with no dimensions but time."
            )
        }
        let ofVisits = metrics.filter { $0.side == .visits }
        // A page is the entry page of visits.
        let ofHits = dimensions.filter { $0.isOfHits && $0 != .hit(.page) }
        if let metric = ofVisits.first, !ofHits.isEmpty {
            throw QueryRefusal(
                "metrics",
                "Session metric(s) `\(metric.rawValue)` cannot be queried along with event dimension(s) \(Self.list(ofHits))"
            )
        }
        let pages = dimensions.filter(\.isOfVisits)
        if let metric = metrics.first(where: { $0.side == .hits }), !pages.isEmpty {
            throw QueryRefusal(
                "metrics",
                "Event metric(s) `\(metric.rawValue)` cannot be queried along with session dimension(s) \(Self.list(pages))"
            )
        }
        try checkViews()
        try checkTimeOnPage()
        try checkConversions()
    }

    private func checkConversions() throws(QueryRefusal) {
        let rate = metrics.first { $0 == .conversionRate || $0 == .groupConversionRate }
        guard let rate, !isByGoals else { return }
        throw QueryRefusal(
            "metrics",
            "Metric `\(rate.rawValue)` can only be queried with event:goal filters or dimensions."
        )
    }

    private func checkViews() throws(QueryRefusal) {
        guard metrics.contains(.viewsPerVisit) else { return }
        guard dimensions.allSatisfy(\.isTime) else {
            throw QueryRefusal("metrics", "Metric `views_per_visit` cannot be queried with `dimensions`.")
        }
        guard !filters.flatMap(\.tests).contains(where: { $0.dimension == .hit(.page) }) else {
            throw QueryRefusal("metrics", "Metric `views_per_visit` cannot be queried with a filter on `event:page`.")
        }
    }

    private func checkTimeOnPage() throws(QueryRefusal) {
        guard metrics.contains(.timeOnPage) else { return }
        guard
            dimensions.contains(.hit(.page))
                || filters.flatMap(\.tests).contains(where: { $0.dimension == .hit(.page) })
        else {
            throw QueryRefusal(
                "metrics",
                "Metric `time_on_page` can only be queried with event:page filters or dimensions."
            )
        }
    }

    private static func list(_ dimensions: [Dimension]) -> String {
        dimensions.map { "`\($0.name)`" }.joined(separator: ", ")
    }
}
