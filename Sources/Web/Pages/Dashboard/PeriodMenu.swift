/// The periods of a dashboard as links, the ways to those around it, forms for others, and what they are compared with.
struct PeriodMenu: Component {
    let address: DashboardAddress
    let links: Links
    /// The ways to the periods around it; nil where they are not known.
    var steps: PeriodSteps?
    /// The time zone of the site; nil where there is no choice.
    var zone: String?

    var html: HTML {
        let menu = address.menuPeriod
        // Those that are asked for rarely are in the sheet.
        let listed = DashboardPeriod.allCases.filter { $0.isFrequent || $0 == menu }
        return """
            <div class="line"><nav class="picks periods" aria-label="Period"><ul>\(listed.map(item))</ul></nav>\
            <div class="drops">\(dates)\(zone.map { ZoneMenu(address: address, site: $0, links: links) })\
            \(comparison)</div></div>\(around)
            """
    }

    private func item(_ period: DashboardPeriod) -> HTML {
        let mark = period == address.menuPeriod ? "true" : nil
        let link = address.showing(period).link(links)
        return """
            <li><a href="\(link)"\(attribute: "data-key", period.key)\(attribute: "aria-current", mark)>\(period.title)</a></li>
            """
    }

    /// The way back and forth, and up to the day, the month and the year.
    private var around: HTML? {
        guard let steps, steps.earlier != nil || !steps.around.isEmpty else { return nil }
        let earlier = steps.earlier.map { step($0, "Earlier", "ArrowLeft", before: "‹ ", after: "") }
        let later = steps.later.map { step($0, "Later", "ArrowRight", before: "", after: " ›") }
        let wider: [HTML] = steps.around.enumerated().map { place, part in
            let key = place == steps.around.count - 1 ? "u" : nil
            let link = address.showing(period: part.period).link(links)
            return """
                <li><a href="\(link)"\(attribute: "data-key", key)\
                \(attribute: "data-does", key == nil ? nil : "The wider period")>\(part.title)</a></li>
                """
        }
        return """
            <nav class="picks around" aria-label="Around this period"><ul>\(earlier)\(wider)\(later)</ul></nav>
            """
    }

    private func step(
        _ period: PeriodSteps.Parameters,
        _ title: String,
        _ key: String,
        before: String,
        after: String
    ) -> HTML {
        """
        <li><a href="\(address.showing(period: period).link(links))" data-key="\(key)">\
        <span aria-hidden="true">\(before)</span>\(title)<span aria-hidden="true">\(after)</span></a></li>
        """
    }

    private var dates: HTML {
        let rare = DashboardPeriod.allCases.filter { !$0.isFrequent && $0 != address.menuPeriod }
        let chosen = Dictionary(address.period.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        let form = StateForm(
            address: address,
            action: "dates",
            links: links,
            content: fields("date", from: chosen["from"], to: chosen["to"], button: "Show")
        )
        return Dropdown(
            title: chosen["from"] == nil ? "Dates" : "<strong>Dates</strong>",
            content: "<ul>\(rare.map(item))</ul>\(form)",
            key: "c",
            does: "Other dates"
        ).html
    }

    private func fields(_ id: String, from: String?, to: String?, button: String) -> HTML {
        let fields: [HTML] = [("from", "From", from), ("to", "To", to)].map { name, label, value in
            // The field of a browser has no minutes of a date.
            let date = value.map { String($0.prefix(10)) }
            return """
                <label for="\(id)-\(name)">\(label)</label>\
                <input type="date" id="\(id)-\(name)" name="\(name)" required\(attribute: "value", date)>
                """
        }
        return "\(fields)\(Button(button))"
    }

    private var comparison: HTML? {
        guard address.view.hasCharts else { return nil }
        let items: [HTML] = DashboardComparison.allCases.filter { $0 != .custom }.map { comparison in
            let mark = comparison == address.comparison ? "true" : nil
            let link = address.showing(comparison).link(links)
            return """
                <li><a href="\(link)"\(attribute: "data-key", key(of: comparison))\(attribute: "aria-current", mark)>\
                \(comparison.title)</a></li>
                """
        }
        let dates = address.comparison == .custom ? address.comparedDates : nil
        let form = StateForm(
            address: address,
            action: "compare",
            links: links,
            content: fields("compared", from: dates?.first, to: dates?.last, button: "Compare")
        )
        return Dropdown(title: "Compare", content: "<ul>\(items)\(alignment)</ul>\(form)").html
    }

    /// The key that turns the comparison off, and on again.
    private func key(of comparison: DashboardComparison) -> String? {
        comparison == (address.comparison == .off ? .standard : .off) ? "x" : nil
    }

    /// The switch between the same days of the week and the dates next to the period.
    private var alignment: HTML? {
        guard address.comparison == .previous || address.comparison == .year else { return nil }
        let link = address.aligned(!address.isAligned).link(links)
        let mark = address.isAligned ? "true" : nil
        return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>Same days of the week</a></li>"
    }
}
