import Analytics

/// The head of a page about the hits that an address chooses: its title, its period and its filters.
struct ViewHead: Component {
    let title: HTML
    var text: HTML?
    let frame: ViewFrame
    let links: Links

    private var address: DashboardAddress { frame.address }

    var html: HTML {
        let back = LinkButton("Dashboard", address.showing(.dashboard).link(links), .secondary).html
        return """
            \(PageHead(title, text: text, actions: back))
            \(journeys)
            <div class="bar-top">\(PeriodMenu(address: address, links: links, steps: frame.steps, zone: frame.zone))\
            \(FilterBar(address: address, segments: frame.segments, maySave: false, links: links))</div>

            """
    }

    private var journeys: HTML? {
        let all: [(title: String, view: DashboardView)] = [
            ("Funnel", .funnel([], .visit)), ("Retention", .retention(nil)), ("Paths", .paths(nil)),
        ]
        guard all.contains(where: { $0.view.segment == address.view.segment }) else { return nil }
        let items: [HTML] = all.map { title, view in
            let mark = view.segment == address.view.segment ? "page" : nil
            let link = address.showing(view).link(links)
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(title)</a></li>"
        }
        return "<nav class=\"picks journeys\" aria-label=\"Journeys\"><ul>\(items)</ul></nav>"
    }
}
