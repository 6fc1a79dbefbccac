/// The periods of a dashboard as links, with a form for others, and what they are compared with.
struct PeriodMenu: Component {
    let address: DashboardAddress
    let links: Links

    var html: HTML {
        let items: [HTML] = DashboardPeriod.allCases.map { period in
            let mark = period == address.menuPeriod ? "true" : nil
            let link = address.showing(period).link(links)
            return """
                <li><a href="\(link)" data-key="\(period.key)"\(attribute: "aria-current", mark)>\(period.title)</a></li>
                """
        }
        return """
            <div class="line"><nav class="picks periods" aria-label="Period"><ul>\(items)</ul></nav>\
            <div class="drops">\(dates)\(comparison)</div></div>
            """
    }

    private var dates: Dropdown {
        let chosen = Dictionary(address.period.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        let fields: [HTML] = [("from", "From"), ("to", "To")].map { name, label in
            """
            <label for="date-\(name)">\(label)</label>\
            <input type="date" id="date-\(name)" name="\(name)" required\(attribute: "value", chosen[name])>
            """
        }
        let form = StateForm(address: address, action: "dates", links: links, content: "\(fields)\(Button("Show"))")
        return Dropdown(title: chosen["from"] == nil ? "Dates" : "<strong>Dates</strong>", content: form.html)
    }

    private var comparison: Dropdown? {
        guard address.view.hasCharts else { return nil }
        let items: [HTML] = DashboardComparison.allCases.map { comparison in
            let mark = comparison == address.comparison ? "true" : nil
            let link = address.showing(comparison).link(links)
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(comparison.title)</a></li>"
        }
        return Dropdown(title: "Compare", content: "<ul>\(items)</ul>")
    }
}
