package import Analytics

/// The whole list of a tab of a dashboard, with all its numbers, a search, and pages of rows.
package struct DashboardListPage: Page {
    /// A row.
    package struct Row: Sendable {
        let value: String
        let numbers: [Report.Value]

        package init(_ value: String, _ numbers: [Report.Value]) {
            self.value = value
            self.numbers = numbers
        }
    }

    /// The part of the list that is shown.
    package struct Slice: Sendable {
        /// The text that the names contain; empty for all.
        package var search = ""
        /// The column by which the rows go.
        package var sort: Metric
        package var isAscending = false
        /// The rows before the first one.
        package var offset = 0

        package init(sort: Metric) { self.sort = sort }
    }

    let address: DashboardAddress
    let tab: DashboardTab
    let metrics: [Metric]
    let rows: [Row]
    /// The number of rows that there are.
    let total: Int
    let slice: Slice
    let faults: [String]

    /// The rows of a page.
    package static let length = 100

    /// - Parameters:
    ///   - address: The state of the dashboard.
    ///   - tab: The list.
    ///   - metrics: The columns.
    ///   - rows: The rows that are shown.
    ///   - total: The number of rows that there are.
    ///   - slice: The part of the list that is shown.
    ///   - faults: The reasons why parts of the address do not count.
    package init(
        _ address: DashboardAddress,
        _ tab: DashboardTab,
        metrics: [Metric],
        rows: [Row],
        total: Int,
        slice: Slice,
        faults: [String] = []
    ) {
        self.address = address
        self.tab = tab
        self.metrics = metrics
        self.rows = rows
        self.total = total
        self.slice = slice
        self.faults = faults
    }

    package var title: String { "\(tab.card.title): \(tab.heading)" }
    package var notices: [Notice] { Notice.faults(faults) }
    package var place: Place { address.share == nil ? .site(address.site, .dashboard) : .general }

    package func content(_ links: Links) -> HTML {
        let files: HTML = """
            <a class="button secondary" href="\(file(.csv, links))" download>CSV</a>\
            <a class="button secondary" href="\(file(.json, links))">JSON</a>
            """
        let shown: HTML =
            rows.isEmpty
            ? EmptyState("Nothing here", "No visitor of this time has such a value.").html : table(links).html
        return """
            \(PageHead("\(title)", text: "<a href=\"\(address.link(links))\">Back to the dashboard</a>", actions: files))
            <div class="bar-top">\(tabs(links))\(search(links))</div>
            <section class="card">\(shown)\(pages(links))</section>
            """
    }

    private func tabs(_ links: Links) -> HTML {
        let items: [HTML] = tab.card.tabs.map { other in
            let mark = other == tab ? "true" : nil
            return
                "<li><a href=\"\(address.list(other, links))\"\(attribute: "aria-current", mark)>\(other.heading)</a></li>"
        }
        return "<nav class=\"picks\" aria-label=\"\(tab.card.title)\"><ul>\(items)</ul></nav>"
    }

    private func search(_ links: Links) -> StateForm {
        let content: HTML = """
            <label class="unseen" for="search">Contains</label><input id="search" type="search" name="q" \
            value="\(slice.search)" placeholder="Contains" data-key="/">\(Button("Search", .secondary))
            """
        let target = DashboardAddress(address.site, share: address.share).list(tab, links)
        return StateForm(address: address, action: "search", links: links, target: target, content: content)
    }

    private func table(_ links: Links) -> Table {
        let heads = metrics.map { metric in
            var column = Table.Column(MetricText.title(metric), isNumber: true)
            var other = slice
            (other.sort, other.isAscending, other.offset) = (metric, slice.sort == metric && !slice.isAscending, 0)
            column.link = link(other, links)
            if slice.sort == metric { column.order = slice.isAscending ? "ascending" : "descending" }
            return column
        }
        return Table(title, columns: [Table.Column(tab.column)] + heads, rows: rows.map { cells($0, links) })
    }

    private func cells(_ row: Row, _ links: Links) -> [HTML] {
        let link = address.adding(DashboardFilter(tab.field, "==", [row.value])).link(links)
        let numbers: [HTML] = zip(metrics, row.numbers).map { "\(MetricText.text($1, of: $0))" }
        let name: HTML = "<a href=\"\(link)\">\(HTML.name(tab.name(of: row.value)))</a>\(report(row, links))"
        return [name] + numbers
    }

    /// The way to the report about the page or the event of a row.
    private func report(_ row: Row, _ links: Links) -> HTML? {
        guard address.share == nil, let view = tab.report(about: row.value) else { return nil }
        return """
             <a class="hint" href="\(address.showing(view).link(links))">Report<span class="unseen"> about \
            \(row.value)</span></a>
            """
    }

    private func link(_ slice: Slice, _ links: Links) -> Link { with(slice, address.list(tab, links)) }

    private func with(_ slice: Slice, _ list: Link) -> Link {
        var link = list
        if !slice.search.isEmpty { link = link.with("q", slice.search) }
        link = link.with("sort", (slice.isAscending ? "" : "-") + slice.sort.rawValue)
        return slice.offset > 0 ? link.with("offset", "\(slice.offset)") : link
    }

    /// The address of the rows that are shown.
    private func file(_ format: DashboardFormat, _ links: Links) -> Link {
        with(slice, address.file(.list(tab), format, links))
    }

    /// The way to all rows that the API gives, where no search leaves some out.
    private func all(_ links: Links) -> HTML? {
        guard slice.search.isEmpty, !address.isLocked else { return nil }
        return "<a href=\"\(address.table(metrics, by: tab.field, "csv", links))\" download>All as CSV</a>"
    }

    private func pages(_ links: Links) -> HTML? {
        guard total > rows.count else { return nil }
        let steps = [(-Self.length, "Previous"), (Self.length, "Next")].map { step, name -> HTML? in
            var other = slice
            other.offset = max(0, slice.offset + step)
            let isThere = step < 0 ? slice.offset > 0 : slice.offset + rows.count < total
            return isThere ? "<a class=\"button secondary\" href=\"\(link(other, links))\">\(name)</a>" : nil
        }
        let first = slice.offset + 1
        return """
            <p class="pager">\(steps[0])<span class="hint">\(Figure(first)) to \(Figure(slice.offset + rows.count)) of \
            \(Figure(total))</span>\(steps[1])\(all(links))</p>
            """
    }
}
