package import Analytics

/// The visitors who come again, by the day, week or month of their first hit in the period.
package struct CohortPage: Page {
    /// The answer, or the reason that there is none.
    package enum Content: Sendable {
        case numbers(RetentionReport, AnswerSource)
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let frame: ViewFrame
    /// The unit of the cohorts.
    let unit: TimeUnit
    let content: Content

    /// - Parameters:
    ///   - frame: The state of the page.
    ///   - unit: The unit of the cohorts.
    ///   - content: What there is to show.
    package init(_ frame: ViewFrame, by unit: TimeUnit, _ content: Content) {
        self.frame = frame
        self.unit = unit
        self.content = content
    }

    package var title: String { "Retention · \(frame.address.site.text)" }
    package var place: Place { .site(frame.address.site, .journeys) }
    package var notices: [Notice] { frame.notices }

    package func content(_ links: Links) -> HTML {
        let text: HTML = "How many of the visitors whose first hit is of the same time come again later."
        return """
            \(ViewHead(title: "Retention", text: text, frame: frame, links: links))
            \(units(links))
            \(shown(links))
            """
    }

    private func units(_ links: Links) -> HTML {
        let items: [HTML] = RetentionQuery.units.map { other in
            let link = frame.address.showing(.retention(other)).link(links)
            let mark = other == unit ? "true" : nil
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(CohortGrid.title(of: other))</a></li>"
        }
        return "<nav class=\"picks\" aria-label=\"Cohorts\"><ul>\(items)</ul></nav>"
    }

    private func shown(_ links: Links) -> HTML {
        switch content {
        case .numbers(let report, let source):
            guard report.cohorts.contains(where: { $0.visitors > 0 }) else {
                return "<section class=\"card\">\(frame.noHits("No visitor came in this time", links))</section>"
            }
            return "\(frame.facts(source))\(CohortGrid(cohorts: report.cohorts, unit: unit))"
        case .refused(let reason): return Notice(.error, "This cannot be answered", text: "\(reason)").html
        }
    }
}
