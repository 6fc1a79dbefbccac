package import Analytics

/// A number of the whole period, beside that of the period before.
package struct DashboardTile: Sendable {
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

    /// The tile, which chooses the number of the chart, and leads to how it came about.
    ///
    /// - Parameters:
    ///   - address: The state of the page.
    ///   - links: The addresses within the server.
    /// - Returns: The element.
    func html(_ address: DashboardAddress, _ links: Links) -> HTML {
        let mark = address.metric == metric ? " aria-current=\"true\"" as HTML : nil
        let place = address.view.metrics.filter(DashboardSeries.metrics.contains).firstIndex(of: metric)
        // The digits choose the number of the chart, and `o` asks about the one that it shows.
        let key = place.flatMap { $0 < 9 ? " data-key=\"\($0 + 1)\"" as HTML : nil }
        let asking = address.metric == metric ? " data-key=\"o\"" as HTML : nil
        let name: HTML =
            DashboardSeries.metrics.contains(metric) && value != nil
            ? "<a href=\"\(address.showing(metric).link(links).element("series"))\"\(key)\(mark)>\(title)</a>"
            : "\(title)"
        let reasons = value == nil ? nil : address.reasons(DashboardSource(metric), links)
        let why = reasons.map { link -> HTML in
            """
            <a class="why" href="\(link)"\(asking)><span aria-hidden="true">?</span>\
            <span class="unseen">Why this number: \(title)</span></a>
            """
        }
        return """
            <li data-metric="\(metric.rawValue)"><div class="head"><h3>\(name)</h3>\(why)</div>\
            <p class="value"><data value="\(value.flatMap(MetricText.number) ?? "")">\(text)</data></p>\
            <p class="then">\(difference)\(before)</p></li>

            """
    }

    private var title: String { MetricText.title(metric) }

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
        let isBounce = metric == .bounceRate
        let isNew = if case .count(0) = former { points > 0 && !isBounce } else { false }
        let mark = ChangeMark(amount: points, unit: isBounce ? "pp" : "%", isNew: isNew, isBadToRise: isBounce)
        return "\(mark) "
    }
}
