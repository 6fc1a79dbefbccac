package import Analytics

/// One visit with its hits in order of time.
package struct VisitPage: Page {
    let address: DashboardAddress
    let course: VisitCourse

    /// - Parameters:
    ///   - address: The state of the list of visits.
    ///   - course: The visit.
    package init(_ address: DashboardAddress, _ course: VisitCourse) { (self.address, self.course) = (address, course) }

    package var title: String { "Visit · \(address.site.text)" }
    package var place: Place { .site(address.site, .visits) }

    package func content(_ links: Links) -> HTML {
        """
        \(PageHead("Visit", text: "<a href=\"\(address.link(links))\">Back to the visits</a>"))
        \(Card(title: "About", content: "<div class=\"body\">\(facts)</div>"))
        <section class="card" id="hits"><div class="head"><h2>Hits</h2><p>\(extent)</p></div>
        \(Table("Hits", columns: VisitStepRow.columns, rows: course.steps.map { VisitStepRow($0).cells }))
        \(pager(links))</section>
        """
    }

    private var facts: HTML {
        let (visit, text) = (course.summary, VisitText(course.summary))
        let numbers: [(String, HTML)] = [
            ("Start", Moment(visit.start).html), ("Duration", "\(text.duration)"),
            ("Page views", Figure(visit.pageviews).html), ("Events", Figure(visit.events).html),
            ("Bounce", visit.isBounce ? "yes" : "no"), ("Visitor", "<code>\(visit.visitor.hexadecimal)</code>"),
        ]
        let texts: [(String, String?)] = [
            ("Entry", VisitText.page(visit.entry)), ("Exit", VisitText.page(visit.exit)),
            ("Source", visit.origin?.source), ("Channel", visit.origin?.channel), ("Referrer", visit.origin?.referrer),
            ("Campaign", visit.origin?.utmCampaign), ("Country", text.country), ("Region", visit.place?.region),
            ("City", visit.place?.city), ("Browser", named(visit.agent?.browser, visit.agent?.browserVersion)),
            ("System", named(visit.agent?.os, visit.agent?.osVersion)), ("Device", visit.agent?.device),
            ("Screen", visit.agent?.screen), ("Language", visit.agent?.language),
        ]
        let known = texts.compactMap { name, text in text.map { (name, HTML.name($0)) } }
        return KeyValue(numbers + known).html
    }

    private func named(_ name: String?, _ version: String?) -> String? {
        name.map { name in version.map { "\(name) \($0)" } ?? name }
    }

    /// The part of the hits that is shown.
    private var extent: HTML {
        guard course.total > course.steps.count else { return "All of them, in order of time." }
        let last = course.offset + course.steps.count
        return "\(Figure(course.offset + 1)) to \(Figure(last)) of \(Figure(course.total)), in order of time."
    }

    private func pager(_ links: Links) -> HTML? {
        guard course.total > course.steps.count else { return nil }
        let page = address.visit(course.summary.key, links)
        let earlier = max(0, course.offset - VisitCourse.mostSteps)
        let later = course.offset + course.steps.count
        let steps: [HTML?] = [
            course.offset > 0 ? step("Earlier", page, earlier) : nil,
            later < course.total ? step("Later", page, later) : nil,
        ]
        return "<p class=\"pager\">\(steps.compactMap(\.self))</p>"
    }

    private func step(_ name: String, _ page: Link, _ offset: Int) -> HTML {
        let link = offset > 0 ? page.with("offset", "\(offset)") : page
        return "<a class=\"button secondary\" href=\"\(link)\">\(name)</a>"
    }
}
