import Analytics

/// The values of metrics as pages write them.
enum MetricText {
    /// The name of a number for people.
    static func title(_ metric: Metric) -> String {
        switch metric {
        case .visitors: "Visitors"
        case .visits: "Visits"
        case .pageviews: "Page views"
        case .events: "Events"
        case .clicks: "Clicks"
        case .impressions: "Impressions"
        case .viewsPerVisit: "Views per visit"
        case .bounceRate: "Bounce rate"
        case .visitDuration: "Visit duration"
        case .timeOnPage: "Time on page"
        case .scrollDepth: "Scroll depth"
        case .conversionRate: "Conversion rate"
        case .percentage: "Share"
        case .users, .eventsPerVisit, .groupConversionRate, .totalRevenue, .averageRevenue, .value: metric.rawValue
        }
    }

    static func text(_ value: Report.Value, of metric: Metric) -> String {
        switch (metric, value) {
        case (.visitDuration, .count(let seconds)), (.timeOnPage, .count(let seconds)): duration(seconds)
        case (.visitDuration, .real(let seconds)), (.timeOnPage, .real(let seconds)):
            Int(exactly: seconds.rounded()).map(duration) ?? "–"
        case (.bounceRate, .count(let rate)), (.scrollDepth, .count(let rate)): "\(rate) %"
        case (.bounceRate, .real(let rate)), (.scrollDepth, .real(let rate)): "\(rate.text(decimals: 0)) %"
        case (.percentage, .real(let share)): share == 0 ? "0 %" : MetricText.share(share)
        case (.conversionRate, .real(let share)): "\(share.text(decimals: 2)) %"
        case (_, .count(let count)): Figure(count).text
        case (_, .real(let number)): number.text(decimals: 2)
        default: "–"
        }
    }

    /// The value for programs: the number that the API tells; nil where it tells none.
    static func number(_ value: Report.Value) -> String? {
        switch value {
        case .count(let count): "\(count)"
        case .real(let number): "\(number)"
        default: nil
        }
    }

    /// A share with one decimal, which is never 0 for something.
    static func share(_ percent: Double) -> String {
        percent < 0.1 ? "<0.1 %" : "\(percent.text(decimals: 1)) %"
    }

    /// The share of a part with decimals; a dash of nothing.
    static func share(_ part: Int, of whole: Int, decimals: Int = 2) -> String {
        whole > 0 ? "\((Double(part) * 100 / Double(whole)).text(decimals: decimals)) %" : "–"
    }

    /// Seconds as `1 h 2 m`, `1 m 32 s` or `8 s`.
    static func duration(_ seconds: Int) -> String {
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) m \(seconds % 60) s" }
        return "\(Figure(seconds / 3_600).text) h \(seconds % 3_600 / 60) m"
    }
}

extension Double {
    /// The number with decimals; a dash for one without digits.
    func text(decimals: Int) -> String {
        let scale = [1, 10, 100][min(max(decimals, 0), 2)]
        let scaled = (self * Double(scale)).rounded(.toNearestOrEven)
        guard abs(scaled) < 1e15 else { return "–" }
        let number = Int(scaled)
        let whole = (number < 0 ? "−" : "") + Figure(Int((number / scale).magnitude)).text
        if scale == 1 { return whole }
        let rest = "\(number.magnitude % scale.magnitude)"
        return "\(whole).\(String(repeating: "0", count: decimals - rest.count))\(rest)"
    }
}
