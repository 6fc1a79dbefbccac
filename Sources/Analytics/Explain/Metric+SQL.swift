extension Metric {
    /// The number over rows of hits; nil for a metric of visits that start in the period.
    ///
    /// - Parameters:
    ///   - start: The start of the period, as a literal.
    ///   - isByTime: True if hits are counted by the time at which they lie, where visits count by their start.
    /// - Returns: An expression with aggregates.
    func sqlOfHits(since start: String, isByTime: Bool) -> String? {
        switch self {
        case .visitors: "count(DISTINCT visitor)"
        case .pageviews: "count(*) FILTER (WHERE name = 'pageview')"
        case .events: "count(*) FILTER (WHERE name <> 'impression')"
        case .clicks: "count(*) FILTER (WHERE name = 'click')"
        case .impressions: "count(*) FILTER (WHERE name = 'impression')"
        case .visits: isByTime ? nil : "count(DISTINCT (visitor, start)) FILTER (WHERE start >= \(start))"
        default: nil
        }
    }

    /// The number over rows of visits that start in the period; nil for another metric.
    ///
    /// - Parameters:
    ///   - isEntered: True if bounces count of visits alone that were entered by a page of the filters.
    ///   - mayBeEmpty: True if there may be no rows.
    /// - Returns: An expression with aggregates.
    func sqlOfVisits(isEntered: Bool, mayBeEmpty: Bool) -> String? {
        let count = mayBeEmpty ? "nullif(count(*), 0)" : "count(*)"
        let number: String
        switch self {
        case .bounceRate where isEntered:
            number =
                "round(count(*) FILTER (WHERE is_bounce AND entered) * 100 "
                + "/ nullif(count(*) FILTER (WHERE entered), 0)::float8)"
        case .bounceRate: number = "round(count(*) FILTER (WHERE is_bounce) * 100 / \(count)::float8)"
        case .visitDuration: number = "round(sum(extract(epoch FROM duration))::float8 / \(count))"
        case .viewsPerVisit: number = "round(sum(views) * 100 / \(count)::float8) / 100"
        default: return nil
        }
        return mayBeEmpty || isEntered ? "coalesce(\(number), 0)" : number
    }

    /// True if there is SQL for the metric.
    var isExplained: Bool {
        switch self {
        case .visitors, .visits, .pageviews, .events, .clicks, .impressions, .bounceRate, .visitDuration,
            .viewsPerVisit:
            true
        default: false
        }
    }
}
