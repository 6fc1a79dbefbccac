import Analytics

/// A list in a card of a dashboard, with the way to its other tabs; a row is the link to its filter.
struct ListCard: Component {
    let list: DashboardList
    let address: DashboardAddress
    let links: Links

    private var card: DashboardCard { list.tab.card }

    var html: HTML {
        """
        <section class="card list" id="\(card.rawValue)">
        <div class="head"><h2>\(card.title)</h2>\(tabs)</div>
        \(list.mapped.isEmpty ? nil : WorldMap(rows: list.mapped, address: address, links: links))
        \(list.rows.isEmpty ? EmptyState("Nothing here", "No visitor of this time has a value here.").html : table)
        \(rest)
        </section>

        """
    }

    private var tabs: HTML? {
        guard card.tabs.count > 1 else { return nil }
        let items: [HTML] = card.tabs.map { tab in
            let link = address.showing(tab).link(links).element(card.rawValue)
            let mark = tab == list.tab ? "true" : nil
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(tab.heading)</a></li>"
        }
        return "<nav class=\"picks\" aria-label=\"\(card.title)\"><ul>\(items)</ul></nav>"
    }

    private var table: HTML {
        let rows = list.rows.map { row in
            BarTable.Row(
                name: list.name(row.value),
                link: address.adding(DashboardFilter(list.tab.field, "==", [row.value])).link(links),
                number: row.visitors,
                share: list.rate == .percentage
                    ? MetricText.share(row.share) : MetricText.text(.real(row.share), of: list.rate)
            )
        }
        let rate = list.rate == .percentage ? "Share" : "Conversion"
        return BarTable(column: list.tab.column, rate: rate, rows: rows).html
    }

    private var rest: HTML? {
        guard !list.rows.isEmpty else { return nil }
        let all: HTML = list.total > list.rows.count ? "All \(Figure(list.total))" : "Details"
        let source = DashboardSource(.visitors, by: .list(list.tab))
        let ways = PanelLinks(panel: .list(list.tab), source: source, address: address, links: links)
        return """
            \(overlap)<p class="rest hint"><a href="\(address.list(list.tab, links))"\(attribute: "data-go", key)>\(all)\
            <span class="unseen"> of \(card.title), \(list.tab.heading)</span></a> \(ways)</p>
            """
    }

    /// The key that leads to the whole list behind `g`; nil for none.
    private var key: String? {
        switch card {
        case .pages: "p"
        case .events: "e"
        case .sources, .campaigns, .locations, .devices: nil
        }
    }

    private var overlap: HTML? {
        list.overlap.map { overlap in
            """
            <p class="hint sum">All rows add up to \(Figure(overlap.sum)), visitors are \(Figure(overlap.visitors)): \
            some are in more than one row.</p>
            """
        }
    }
}
