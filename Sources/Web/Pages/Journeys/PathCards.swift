import Analytics

/// The pages before and after a page, in two cards.
struct PathCards: Component {
    let report: PathReport
    let address: DashboardAddress
    let links: Links

    var html: HTML {
        """
        <div class="cards">\(card("before", "Before", report.previous, edge: "The visit begins here"))\
        \(card("after", "After", report.next, edge: "The visit ends here"))</div>

        """
    }

    private func card(_ id: String, _ title: String, _ side: PathReport.Side, edge: String) -> HTML {
        let first = BarTable.Row(name: edge, link: nil, number: side.edge.visits, share: share(side.edge.visits))
        let pages = side.pages.map { page in
            BarTable.Row(
                name: page.text,
                link: address.showing(.paths(page.text)).link(links),
                number: page.count.visits,
                share: share(page.count.visits)
            )
        }
        let rest: HTML? =
            side.total > side.pages.count
            ? "<p class=\"rest hint\">\(Figure(side.pages.count)) of \(Figure(side.total)) pages</p>" : nil
        return """
            <section class="card list" id="\(id)"><div class="head"><h2>\(title)</h2></div>
            \(BarTable(column: "Page", number: "Visits", rows: [first] + pages))\(rest)</section>

            """
    }

    private func share(_ visits: Int) -> String { MetricText.share(visits, of: report.views.visits, decimals: 1) }
}
