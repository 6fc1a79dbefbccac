import Analytics

/// The first page of a site: its visitors in a period, and where they came from.
package struct DashboardPage: Page {
    /// The numbers, or the reason that there are none.
    package enum Content: Sendable {
        case numbers(DashboardNumbers)
        /// No hit has ever come.
        case neverHit
        /// No hit is in the period, or meets the filters.
        case noHits(NoHits)
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let address: DashboardAddress
    let content: Content
    /// True if the reader may see how to install the snippet.
    let mayInstall: Bool
    /// The reasons why parts of the address do not count.
    let faults: [String]
    /// The segments that the reader may use.
    let segments: [DashboardSegment]
    /// True if the reader may save segments.
    let maySave: Bool
    /// The hits of the time that were refused; nil if they are few, or not for the reader.
    let refused: RefusedShare?
    /// The ways to the periods around it; nil where they are not known.
    let steps: PeriodSteps?
    /// The time zone of the site; nil where there is no choice.
    let zone: String?
    /// The people of the hour up to now; nil where they are not shown.
    let hour: HourTile?

    /// - Parameters:
    ///   - address: The state of the page.
    ///   - content: What there is to show.
    ///   - mayInstall: True if the reader may see how to install the snippet.
    ///   - faults: The reasons why parts of the address do not count.
    ///   - segments: The segments that the reader may use.
    ///   - maySave: True if the reader may save segments.
    ///   - refused: The hits of the time that were refused; nil if they are few, or not for the reader.
    ///   - steps: The ways to the periods around it; nil where they are not known.
    ///   - zone: The time zone of the site; nil where there is no choice.
    ///   - hour: The people of the hour up to now; nil where they are not shown.
    package init(
        _ address: DashboardAddress,
        _ content: Content,
        mayInstall: Bool,
        faults: [String] = [],
        segments: [DashboardSegment] = [],
        maySave: Bool = false,
        refused: RefusedShare? = nil,
        steps: PeriodSteps? = nil,
        zone: String? = nil,
        hour: HourTile? = nil
    ) {
        self.steps = steps
        self.zone = zone
        self.hour = hour
        self.refused = refused
        self.segments = segments
        self.maySave = maySave
        self.address = address
        self.content = content
        self.mayInstall = mayInstall
        self.faults = faults
    }

    package var title: String { address.site.text }
    package var place: Place { address.share == nil ? .site(address.site, .dashboard) : .general }

    package var notices: [Notice] { Notice.faults(faults) }

    package func content(_ links: Links) -> HTML {
        """
        <h1\(attribute: "class", address.share == nil ? "unseen" : nil)>\(HTML.name(address.site.text))</h1>
        <div class="bar-top">\(PeriodMenu(address: address, links: links, steps: steps, zone: zone))\
        \(FilterBar(address: address, segments: segments, maySave: maySave, links: links))</div>
        \(shown(links))
        """
    }

    private func shown(_ links: Links) -> HTML {
        switch content {
        case .numbers(let numbers): return all(numbers, links)
        case .neverHit: return card(neverHit(links)) + (warning(links) ?? "")
        case .noHits(let reason):
            return card(reason.state(address, segments, links)) + (warning(links) ?? "")
        case .refused(let reason): return Notice(.error, "This cannot be answered", text: "\(reason)").html
        }
    }

    private func all(_ numbers: DashboardNumbers, _ links: Links) -> HTML {
        let lists = numbers.lists.map { ListCard(list: $0, address: address, links: links) }
        let remarks: [HTML] = numbers.remarks.map { "<p class=\"hint remark\">\($0)</p>" }
        return """
            \(numbers.heading)
            <ul class="card tiles">\(numbers.tiles.map { $0.html(address, links) })\
            \(hour.flatMap { $0.html(address.site, links) })</ul>
            \(warning(links))\
            \(SeriesChart(series: numbers.series, address: address, links: links))
            <div class="cards">\(lists)</div>
            \(numbers.week?.linked(address, links))
            \(remarks)
            """
    }

    private func warning(_ links: Links) -> HTML? { refused.map { $0.html(address, links) } }

    private func card(_ state: EmptyState) -> HTML { "<section class=\"card\">\(state)</section>" }

    private func neverHit(_ links: Links) -> EmptyState {
        let action = mayInstall ? LinkButton("Install the snippet", links.settings(address.site, .snippet)).html : nil
        let text: HTML = """
            Here are the visitors of the site, the pages they see and where they come from, as soon as the first hit comes.
            """
        return EmptyState("Nothing has been counted yet", text, action: action)
    }
}
