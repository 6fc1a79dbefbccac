import Analytics

extension Counts {
    /// The value of a metric; halves are rounded to the even neighbour.
    ///
    /// - Parameters:
    ///   - metric: The metric.
    ///   - all: The visitors in any group.
    /// - Returns: The value.
    func value(of metric: Metric, among all: Int) -> Report.Value {
        switch metric {
        case .visitors: .count(visitors)
        case .visits: .count(visits)
        case .pageviews: .count(pageviews)
        case .events: .count(events)
        case .clicks: .count(clicks)
        case .impressions: .count(impressions)
        case .viewsPerVisit: .ratio(whole.pageviews, whole.count, decimals: 2) ?? .count(0)
        case .eventsPerVisit: .ratio(whole.events, whole.count, decimals: 2) ?? .count(0)
        case .bounceRate: .ratio(whole.bounces * 100, whole.entered) ?? .count(0)
        case .visitDuration: .ratio(whole.duration, whole.count * 1000) ?? .count(0)
        case .scrollDepth: .ratio(depths.sum, depths.count) ?? .none
        case .timeOnPage: .ratio(engaged.sum, engaged.count * 1000) ?? .none
        case .percentage: .ratio(visitors * 100, all, decimals: 1) ?? .none
        case .conversionRate, .groupConversionRate, .totalRevenue, .averageRevenue, .value: .none
        }
    }
}

extension Report.Value {
    /// A rounded ratio; nil if there is nothing to divide by.
    fileprivate static func ratio(_ dividend: Int, _ divisor: Int, decimals: Int = 0) -> Report.Value? {
        guard divisor > 0 else { return nil }
        let scale = [1.0, 10.0, 100.0][decimals]
        let rounded = (Double(dividend) * scale / Double(divisor)).rounded(.toNearestOrEven)
        return decimals == 0 ? .count(Int(rounded)) : .real(rounded / scale)
    }
}
