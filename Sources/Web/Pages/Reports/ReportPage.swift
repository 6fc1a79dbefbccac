package import Analytics

/// The report about one page or one event: its numbers, its series, its sources, and what is special about its kind.
///
/// Its form has `page` or `event`; the action has the same name.
package struct ReportPage: Page {
    /// The cards that only one of the kinds has.
    package enum Details: Sendable {
        /// The pages before and after the page; nil if they cannot be counted.
        case paths(PathReport?)
        /// The properties of the event; nil if the reader may not see them.
        case properties([PropertyList]?)
    }

    /// The answer, or the reason that there is none.
    package enum Content: Sendable {
        case numbers(DashboardNumbers, Details)
        /// Nothing is chosen; these have the most visitors.
        case choice([DashboardList.Row])
        /// No hit of the period is about it.
        case noHits
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let frame: ViewFrame
    let content: Content
    private let kind: SubjectKind
    private let subject: String?

    /// - Parameters:
    ///   - frame: The state of the page, whose address is that of a report.
    ///   - kind: The kind of thing.
    ///   - content: What there is to show.
    package init(_ frame: ViewFrame, _ kind: SubjectKind, _ content: Content) {
        self.frame = frame
        self.kind = kind
        self.content = content
        subject = frame.address.view.subject?.values.first
    }

    package var title: String { subject.map { "\(kind.title) \($0)" } ?? "\(kind.title) · \(address.site.text)" }
    package var place: Place { .site(address.site, .dashboard) }
    package var notices: [Notice] { frame.notices }

    private var address: DashboardAddress { frame.address }

    package func content(_ links: Links) -> HTML {
        let name: HTML = subject.map { HTML.name($0) } ?? "\(kind.title)"
        let form = SubjectForm(address: address, kind: kind, value: subject, links: links)
        return """
            \(ViewHead(title: name, text: "\(about)", frame: frame, links: links))
            \(form)
            \(shown(links))
            """
    }

    private var about: String {
        switch kind {
        case .page: "The views of one page, where they came from, and what was viewed before and after."
        case .event: "One event, where its visitors came from, and its properties."
        }
    }

    private func shown(_ links: Links) -> HTML {
        switch content {
        case .numbers(let numbers, let details): return all(numbers, details, links)
        case .choice(let rows):
            return SubjectChoice(kind: kind, rows: rows, frame: frame, links: links) { [kind] value in
                kind == .page ? .page(value) : .event(value)
            }.html
        case .noHits:
            return "<section class=\"card\">\(frame.noHits("No hit of this \(kind.rawValue)", links))</section>"
        case .refused(let reason): return Notice(.error, "This cannot be answered", text: "\(reason)").html
        }
    }

    private func all(_ numbers: DashboardNumbers, _ details: Details, _ links: Links) -> HTML {
        let lists = numbers.lists.map { ListCard(list: $0, address: address, links: links) }
        let remarks: [HTML] = numbers.remarks.map { "<p class=\"hint remark\">\($0)</p>" }
        return """
            \(numbers.heading)
            <ul class="card tiles">\(numbers.tiles.map { $0.html(address, links) })\(edges(details))</ul>
            \(SeriesChart(series: numbers.series, address: address, links: links))
            \(extra(details, links))
            <div class="cards">\(lists)</div>
            \(numbers.week?.linked(address, links))
            \(remarks)
            """
    }

    /// The shares of the visits of a page that begin and end there.
    private func edges(_ details: Details) -> [HTML] {
        guard case .paths(let report?) = details else { return [] }
        let edges = [
            ("entries", "Visits begin here", report.previous.edge.visits),
            ("exits", "Visits end here", report.next.edge.visits),
        ]
        return edges.map { id, title, visits in
            """
            <li data-metric="\(id)"><div class="head"><h3>\(title)</h3></div>\
            <p class="value"><data value="\(visits)">\(MetricText.share(visits, of: report.views.visits, decimals: 1))\
            </data></p><p class="then">\(Figure(visits)) of \(Figure(report.views.visits)) visits</p></li>

            """
        }
    }

    private func extra(_ details: Details, _ links: Links) -> HTML? {
        switch details {
        case .paths(let report): return report.map { PathCards(report: $0, address: address, links: links).html }
        case .properties(let lists):
            guard let lists else {
                return "<p class=\"hint remark\">The properties are for those who have a role here.</p>"
            }
            guard !lists.isEmpty else { return "<p class=\"hint remark\">The event has no properties.</p>" }
            let cards: [HTML] = lists.enumerated().map { $1.html($0, address, links) }
            return "<h2 class=\"subject\">Properties</h2><div class=\"cards\">\(cards)</div>"
        }
    }
}
