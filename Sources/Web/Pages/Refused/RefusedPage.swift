import Analytics

/// The hits of a site that were refused: how many for which reason, when, the last of them, and what helps.
package struct RefusedPage: Page {
    let address: RefusedAddress
    let reasons: [RefusedReason]
    let bars: RefusedBars
    let entries: [RefusedEntry]
    /// The hits of machines of the time; nil if they cannot be told.
    let bots: Int?
    /// True if there are more counts than can be read at once.
    let isCut: Bool
    let faults: [String]

    /// - Parameters:
    ///   - address: The state of the page.
    ///   - reasons: All reasons, the most frequent first.
    ///   - bars: The hours or days, of the chosen reason.
    ///   - entries: The last refused hits, of the chosen reason.
    ///   - bots: The hits of machines of the time; nil if they cannot be told.
    ///   - isCut: True if there are more counts than can be read at once.
    ///   - faults: The reasons why parts of the address do not count.
    package init(
        _ address: RefusedAddress,
        reasons: [RefusedReason],
        bars: RefusedBars,
        entries: [RefusedEntry],
        bots: Int?,
        isCut: Bool = false,
        faults: [String] = []
    ) {
        self.address = address
        self.reasons = reasons
        self.bars = bars
        self.entries = entries
        self.bots = bots
        self.isCut = isCut
        self.faults = faults
    }

    package var title: String { "Refused · \(address.site.text)" }
    package var place: Place { .site(address.site, .refused) }
    package var notices: [Notice] { Notice.faults(faults) }

    private var sum: Int { reasons.reduce(0) { $0.addingReportingOverflow($1.count).partialValue } }

    package func content(_ links: Links) -> HTML {
        """
        \(PageHead("Refused hits", text: "They are in no number. Each reason has what helps."))
        <div class="bar-top">\(spans(links))\(chosen(links))</div>
        \(reasons.isEmpty ? nothing : ledger(links))
        \(reasons.isEmpty ? nil : bars)
        \(reasons.isEmpty ? nil : last(links))
        \(machines(links))
        """
    }

    private func spans(_ links: Links) -> HTML {
        let items: [HTML] = RefusedSpan.allCases.map { span in
            let mark = span == address.span ? "true" : nil
            let link = address.showing(span).link(links)
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(span.title)</a></li>"
        }
        return "<nav class=\"picks periods\" aria-label=\"Time\"><ul>\(items)</ul></nav>"
    }

    /// The chosen reason, with the way to all of them.
    private func chosen(_ links: Links) -> HTML? {
        address.reason.map { reason in
            """
            <div class="filters"><span class="pill"><span>\(HTML.name(reason))</span>\
            <a href="\(address.showing(reason: nil).link(links))"><span aria-hidden="true">×</span>\
            <span class="unseen">Show all reasons</span></a></span></div>
            """
        }
    }

    private var nothing: HTML {
        let text: HTML = "Hits with a foreign host, a wrong key or a broken body would be here, with what helps."
        return Card(content: EmptyState("Nothing was refused in this time", text).html).html
    }

    private func ledger(_ links: Links) -> HTML {
        "<section class=\"card\" id=\"reasons\">\(table(links))\(cut)\(files(.counts, links))</section>"
    }

    private func files(_ file: RefusedFile, _ links: Links) -> HTML {
        let name = file == .counts ? "the numbers by hour" : "the last refused hits"
        let formats: [HTML] = DashboardFormat.allCases.map { format in
            """
            <a href="\(address.file(file, format, links))" download>\(format.rawValue.uppercased())\
            <span class="unseen"> of \(name)</span></a>

            """
        }
        return "<p class=\"rest hint\">\(formats)</p>"
    }

    private func table(_ links: Links) -> Table {
        let numbers = ["Hits", "Share"].map { Table.Column($0, isNumber: true) }
        return Table(
            "Reasons",
            columns: [Table.Column("Reason")] + numbers + ["First", "Last", "What helps"].map { Table.Column($0) },
            rows: reasons.map { row($0, links) }
        )
    }

    private func row(_ reason: RefusedReason, _ links: Links) -> [HTML] {
        let share = Double(reason.count) / Double(max(1, sum)) * 100
        let isChosen = reason.text == address.reason
        let link = address.showing(reason: reason.text).link(links)
        return [
            "<a href=\"\(link)\"\(attribute: "aria-current", isChosen ? "true" : nil)>\(HTML.name(reason.text))</a>",
            Figure(reason.count).html, "\(MetricText.share(share))", Moment(reason.first).html,
            Moment(reason.last).html, "\(reason.remedy)",
        ]
    }

    private var cut: HTML? {
        isCut ? "<p class=\"rest hint\">The time has more counts than are read at once: the latest are told.</p>" : nil
    }

    private func last(_ links: Links) -> HTML {
        let shown: HTML =
            entries.isEmpty
            ? EmptyState("None is kept", "The last hundred refused hits of a day are.").html
            : Table("Last refused hits", columns: RefusedEntry.columns, rows: entries.map(\.cells)).html
        return """
            <section class="card" id="last"><div class="head"><h2>Last refused hits</h2>\
            <p>At most a hundred of the last 24 hours, without any address.</p></div>\(shown)\
            \(entries.isEmpty ? nil : files(.last, links))</section>
            """
    }

    private func machines(_ links: Links) -> HTML {
        let number: HTML = bots.map { Figure($0).html } ?? "not known"
        return Card(
            title: "Machines",
            text: "Hits of machines are stored and flagged; no report counts them.",
            content: """
                <div class="body"><dl class="pairs"><div><dt>Hits of machines in this time</dt>\
                <dd><data value="\(bots.map { "\($0)" } ?? "")">\(number)</data></dd></div></dl>\
                <p><a href="\(links.hitsWithBots(address.site))">The hits with those of machines, as JSON</a></p></div>
                """
        ).html
    }
}
