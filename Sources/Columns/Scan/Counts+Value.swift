import Analytics

extension Counts {
    /// The numbers of visitors with which those of a group are compared.
    struct Shares {
        /// The visitors in any group.
        var all = 0
        /// The visitors of the query without goals, properties and dimensions.
        var audience = 0
        /// Those of them in the group.
        var groupAudience = 0
    }

    /// The value of a metric; halves are rounded to the even neighbour.
    ///
    /// - Parameters:
    ///   - metric: The metric.
    ///   - shares: The numbers with which those of the group are compared.
    ///   - currency: The currency of its revenue; nil for none.
    ///   - currencies: The currencies by their codes.
    /// - Returns: The value.
    func value(
        of metric: Metric,
        among shares: Shares,
        revenueIn currency: String?,
        _ currencies: [String?]
    ) -> Report.Value {
        switch metric {
        case .visitors: .count(Int(tally.visitors) + dates.visitors)
        case .visits: .count(Int(rare.visits) + dates.visits)
        case .pageviews: .count(Int(tally.pageviews) + dates.pageviews)
        case .events: .count(Int(tally.events) + dates.events)
        // Hits do not know the users of events.
        case .users: .none
        case .clicks: .count(Int(rare.clicks))
        case .impressions: .count(Int(rare.impressions))
        case .viewsPerVisit: .ratio(whole.pageviews, whole.count, decimals: 2) ?? .count(0)
        case .eventsPerVisit: .ratio(whole.events, whole.count, decimals: 2) ?? .count(0)
        case .bounceRate: .ratio(whole.bounces * 100, whole.entered) ?? .count(0)
        case .visitDuration: .ratio(whole.duration, whole.count * 1000) ?? .count(0)
        case .scrollDepth: .ratio(engagement.depths.sum, engagement.depths.count) ?? .none
        case .timeOnPage: .ratio(engagement.engaged.sum, engagement.engaged.count * 1000) ?? .none
        case .percentage: .ratio(Int(tally.visitors) * 100, shares.all, decimals: 1) ?? .none
        case .conversionRate: .ratio(Int(tally.visitors) * 100, shares.audience, decimals: 2) ?? .count(0)
        case .groupConversionRate: .ratio(Int(tally.visitors) * 100, shares.groupAudience, decimals: 2) ?? .count(0)
        case .totalRevenue: currency.map { .money(Money($0, millionths: money.revenue)) } ?? .none
        case .averageRevenue: currency.flatMap { averageRevenue($0) } ?? .none
        case .value: .amounts(amounts(currencies))
        }
    }

    private func averageRevenue(_ currency: String) -> Report.Value? {
        guard money.payments > 0 else { return nil }
        let (quotient, rest) = money.revenue.quotientAndRemainder(dividingBy: Int128(money.payments))
        let isUp = rest.magnitude * 2 >= UInt128(money.payments)
        return .money(Money(currency, millionths: quotient + (isUp ? money.revenue.signum() : 0)))
    }

    private func amounts(_ currencies: [String?]) -> [Money] {
        money.sums.map { Money(currencies[Int($0.key)] ?? "", millionths: $0.value) }
            .sorted { $0.currency.utf8.lexicographicallyPrecedes($1.currency.utf8) }
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
