package import Analytics

/// The visits of a site that a dashboard counts, the newest first, some at a time.
package struct VisitsPage: Page {
    /// The visits, or the reason that there are none.
    package enum Content: Sendable {
        /// Visits, and where others begin.
        case visits([VisitSummary], newer: VisitQuery.Range?, older: VisitQuery.Range?)
        /// The reader may not see single visits.
        case hidden
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let frame: ViewFrame
    let content: Content

    /// - Parameters:
    ///   - frame: The state of the page.
    ///   - content: The visits to show.
    package init(_ frame: ViewFrame, _ content: Content) {
        self.frame = frame
        self.content = content
    }

    private var address: DashboardAddress { frame.address }

    package var title: String { "Visits · \(address.site.text)" }
    package var place: Place { .site(address.site, .visits) }
    package var notices: [Notice] { frame.notices }

    package func content(_ links: Links) -> HTML {
        let text: HTML = """
            Newest first. <a href="\(address.showing(DashboardView.dashboard).link(links))">The dashboard of this time</a>
            """
        return """
            \(PageHead("Visits", text: text))
            <div class="bar-top">\(PeriodMenu(address: address, links: links, steps: frame.steps, zone: frame.zone))\
            \(FilterBar(address: address, segments: frame.segments, maySave: true, links: links))</div>
            \(shown(links))
            """
    }

    private func shown(_ links: Links) -> HTML {
        switch content {
        case .visits(let visits, let newer, let older):
            let list: HTML = visits.isEmpty ? nothing(newer, links).html : table(visits, links).html
            return "<section class=\"card\" id=\"visits\">\(list)\(pager(newer, older, links))</section>"
        case .hidden:
            let text: HTML = "Viewers see what is counted; single visits are shown to members of the organisation."
            return "<section class=\"card\">\(EmptyState("Single visits are for members", text))</section>"
        case .refused(let reason): return Notice(.error, "This cannot be answered", text: "\(reason)").html
        }
    }

    private func table(_ visits: [VisitSummary], _ links: Links) -> Table {
        let columns = [
            Table.Column("Start"), Table.Column("Duration", isNumber: true), Table.Column("Page views", isNumber: true),
            Table.Column("Events", isNumber: true), Table.Column("Entry"), Table.Column("Exit"), Table.Column("Source"),
            Table.Column("Place"), Table.Column("Device"),
        ]
        return Table("Visits", columns: columns, rows: visits.map { VisitRow($0, address, links).cells })
    }

    private func nothing(_ newer: VisitQuery.Range?, _ links: Links) -> EmptyState {
        if newer != nil { return EmptyState("No older visits", "The newest ones are on the first page.") }
        guard address.isFiltered else { return EmptyState("No visits", "None starts in this time.") }
        let action = LinkButton("Remove all filters", address.unfiltered.link(links), .secondary).html
        return EmptyState("No visits", "None that starts in this time meets all filters.", action: action)
    }

    private func pager(_ newer: VisitQuery.Range?, _ older: VisitQuery.Range?, _ links: Links) -> HTML? {
        let steps = [(newer, "Newer"), (older, "Older")].compactMap { range, name in
            range.map { "<a class=\"button secondary\" href=\"\(link($0, links))\">\(name)</a>" as HTML }
        }
        return steps.isEmpty ? nil : "<p class=\"pager\">\(steps)</p>"
    }

    private func link(_ range: VisitQuery.Range, _ links: Links) -> Link {
        switch range {
        case .newest: address.link(links)
        case .before(let place): address.link(links).with("before", place.text)
        case .after(let place): address.link(links).with("after", place.text)
        }
    }
}
