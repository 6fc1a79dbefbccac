package import Analytics

/// A number of the whole period, beside that of the period before.
package struct DashboardTile: Component {
    let metric: Metric
    let value: Report.Value?
    /// The value of the period before; nil without a comparison.
    let former: Report.Value?
    /// The change since then: per cent, of rates in points; nil where there is none.
    let change: Report.Value?

    /// - Parameters:
    ///   - metric: The number.
    ///   - value: Its value; nil if it cannot be told here.
    ///   - former: The value of the period before; nil without a comparison.
    ///   - change: The change since then: per cent, of rates in points; nil where there is none.
    package init(_ metric: Metric, value: Report.Value?, former: Report.Value? = nil, change: Report.Value? = nil) {
        self.metric = metric
        self.value = value
        self.former = former
        self.change = change
    }

    package var html: HTML {
        """
        <li data-metric="\(metric.rawValue)"><h3>\(title)</h3>\
        <p class="value"><data value="\(value.flatMap(MetricText.number) ?? "")">\(text)</data></p>\
        <p class="then">\(difference)\(before)</p></li>

        """
    }

    private var text: String { value.map { MetricText.text($0, of: metric) } ?? "–" }

    private var before: HTML? {
        guard let former, value != nil else { return nil }
        return """
            <span class="former"><span class="unseen">before: </span>\
            <data value="\(MetricText.number(former) ?? "")">\(MetricText.text(former, of: metric))</data></span>
            """
    }

    private var difference: HTML? {
        guard let former, value != nil, case .count(let points)? = change else { return nil }
        if case .count(0) = former, points > 0, metric != .bounceRate { return "<span class=\"change\">new</span> " }
        let unit = metric == .bounceRate ? "pp" : "%"
        if points == 0 { return "<span class=\"change\">± 0 \(unit)</span> " }
        let isGood = (points > 0) != (metric == .bounceRate)
        let word = points > 0 ? "up" : "down"
        return """
            <span class="change \(isGood ? "good" : "bad")"><span aria-hidden="true">\(points > 0 ? "▲" : "▼") </span>\
            <span class="unseen">\(word) </span>\(Figure(Int(clamping: points.magnitude)).text) \(unit)</span>\u{20}
            """
    }

    private var title: String {
        switch metric {
        case .visitors: "Visitors"
        case .visits: "Visits"
        case .pageviews: "Page views"
        case .viewsPerVisit: "Views per visit"
        case .bounceRate: "Bounce rate"
        case .visitDuration: "Visit duration"
        default: metric.rawValue
        }
    }
}
