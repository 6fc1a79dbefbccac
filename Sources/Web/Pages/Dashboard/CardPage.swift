import Analytics

/// A panel of a dashboard for a frame of a page of another site.
package struct CardPage: Page {
    let address: DashboardAddress
    let panel: DashboardPanel
    let content: DashboardPage.Content
    let faults: [String]

    /// - Parameters:
    ///   - address: The state of the dashboard.
    ///   - panel: The panel.
    ///   - content: What there is to show.
    ///   - faults: The reasons why parts of the address do not count.
    package init(
        _ address: DashboardAddress,
        _ panel: DashboardPanel,
        _ content: DashboardPage.Content,
        faults: [String] = []
    ) {
        self.address = address
        self.panel = panel
        self.content = content
        self.faults = faults
    }

    package var title: String { "\(address.site.text): \(panel.title)" }
    package var place: Place { .frame }
    package var notices: [Notice] { Notice.faults(faults) }

    package func content(_ links: Links) -> HTML {
        let shown: HTML? =
            switch content {
            case .numbers(let numbers): card(numbers, links).map { "\(numbers.heading)\($0)" }
            case .neverHit, .noHits: nil
            case .refused(let reason): Notice(.error, "This cannot be answered", text: "\(reason)").html
            }
        let nothing = EmptyState("Nothing here", "There is nothing to show of this time.")
        return """
            <h1 class="unseen">\(HTML.name(address.site.text)), \(panel.title)</h1>
            \(shown ?? "<section class=\"card\">\(nothing)</section>")
            """
    }

    private func card(_ numbers: DashboardNumbers, _ links: Links) -> HTML? {
        switch panel {
        case .numbers:
            let tiles: [HTML] = numbers.tiles.map { $0.html(address, links) }
            return "<ul class=\"card tiles\">\(tiles)</ul>"
        case .series: return SeriesChart(series: numbers.series, address: address, links: links).html
        case .week: return numbers.week?.linked(address, links).html
        case .list(let tab):
            return numbers.lists.first { $0.tab == tab }.map { ListCard(list: $0, address: address, links: links).html }
        }
    }
}
