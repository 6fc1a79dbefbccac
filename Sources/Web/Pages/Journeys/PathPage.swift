package import Analytics

/// The pages that visits view right before and after a page.
///
/// Its form has `page`; the action is `page`.
package struct PathPage: Page {
    /// The answer, or the reason that there is none.
    package enum Content: Sendable {
        case numbers(PathReport, AnswerSource)
        /// No page is chosen; these have the most visitors.
        case choice([DashboardList.Row])
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let frame: ViewFrame
    let content: Content

    /// The pages of each side.
    package static let length = 50

    /// - Parameters:
    ///   - frame: The state of the page.
    ///   - content: What there is to show.
    package init(_ frame: ViewFrame, _ content: Content) {
        self.frame = frame
        self.content = content
    }

    private var page: String? { if case .paths(let page) = frame.address.view { page } else { nil } }

    package var title: String { "Paths · \(frame.address.site.text)" }
    package var place: Place { .site(frame.address.site, .journeys) }
    package var notices: [Notice] { frame.notices }

    package func content(_ links: Links) -> HTML {
        let form = SubjectForm(address: frame.address, kind: .page, value: page, links: links)
        return """
            \(ViewHead(title: "Paths", text: "The pages right before and after a page.", frame: frame, links: links))
            \(form)
            \(shown(links))
            """
    }

    private func shown(_ links: Links) -> HTML {
        switch content {
        case .numbers(let report, let source):
            guard report.views.visits > 0, let page else {
                return "<section class=\"card\">\(frame.noHits("No visit views this page", links))</section>"
            }
            return """
                \(frame.facts(source))
                <h2 class="subject">\(HTML.name(page)) <span class="hint">\(counts(report.views))</span></h2>
                \(PathCards(report: report, address: frame.address, links: links))
                """
        case .choice(let rows):
            return SubjectChoice(kind: .page, rows: rows, frame: frame, links: links) { .paths($0) }.html
        case .refused(let reason): return Notice(.error, "This cannot be answered", text: "\(reason)").html
        }
    }

    private func counts(_ count: PathReport.Count) -> String {
        "\(Figure(count.visits).text) visits, \(Figure(count.pageviews).text) page views"
    }
}
