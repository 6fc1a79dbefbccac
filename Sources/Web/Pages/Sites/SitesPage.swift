import Analytics

/// The list of all sites that the reader may see, with their numbers side by side.
package struct SitesPage: Page {
    let list: SitesList
    /// True if the reader may add a site.
    let mayAdd: Bool
    let faults: [String]

    /// - Parameters:
    ///   - list: The sites that are shown.
    ///   - mayAdd: True if the reader may add a site.
    ///   - faults: The reasons why parts of the address do not count.
    package init(_ list: SitesList, mayAdd: Bool, faults: [String] = []) {
        self.list = list
        self.mayAdd = mayAdd
        self.faults = faults
    }

    private var address: SitesAddress { list.address }

    package var title: String { "Sites" }
    package var place: Place { .general }
    package var notices: [Notice] { Notice.faults(faults) }

    package func content(_ links: Links) -> HTML {
        let add: HTML? = mayAdd ? LinkButton("Add a site", links.newSite).html : nil
        guard list.total > 0 || !address.search.isEmpty else {
            return """
                \(PageHead("Sites"))
                <section class="card">\(EmptyState("No site yet", empty, action: add))</section>
                """
        }
        let shown: HTML =
            list.rows.isEmpty
            ? nothing(links).html : "\(SitesTable(list: list, links: links))\(pages(links))\(remarks)\(files(links))"
        return """
            \(PageHead("Sites", actions: add))
            <div class="bar-top"><div class="line">\(periods(links))\(search(links))</div></div>
            \(missing)
            <section class="card" id="sites">\(shown)</section>
            """
    }

    private var empty: HTML {
        mayAdd
            ? "A site is what you count: a website or an app, with its own keys, settings and members."
            : "Here are the sites of your organisations. Ask one of their admins to add a site, or you to another one."
    }

    private func nothing(_ links: Links) -> EmptyState {
        let action = LinkButton("All sites", address.unsearched.link(links), .secondary).html
        return EmptyState("No such site", "The name of none has this text in it.", action: action)
    }

    private func periods(_ links: Links) -> HTML {
        let items: [HTML] = SitesPeriod.allCases.map { period in
            let mark = period == address.period ? "true" : nil
            let link = address.showing(period).link(links)
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(period.title)</a></li>"
        }
        return "<nav class=\"picks periods\" aria-label=\"Period\"><ul>\(items)</ul></nav>"
    }

    private func search(_ links: Links) -> HTML {
        let kept: [HTML] = [("period", address.periodValue), ("sort", address.sortValue)].compactMap { name, value in
            value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" }
        }
        return """
            <form method="get" action="\(links.sites)">\(kept)<label class="unseen" for="search">Name contains</label>\
            <input id="search" type="search" name="q" value="\(address.search)" placeholder="Name contains" \
            maxlength="\(SitesAddress.longestSearch)" autocapitalize="none" spellcheck="false" data-key="/">\
            \(Button("Search", .secondary))</form>
            """
    }

    /// The notice of numbers that could not be read, which the list shows as dashes.
    private var missing: Notice? {
        let count = list.summed.count { $0.isIncomplete }
        guard count > 0 else { return nil }
        let sites = count == 1 ? "1 site" : "\(Figure(count).text) sites"
        return Notice(
            .warning,
            "Numbers of \(sites) are missing",
            text: "They cannot be told of this time, or not yet: load the page again."
        )
    }

    private func pages(_ links: Links) -> HTML? {
        guard list.total > list.rows.count else { return nil }
        let end = address.offset + list.rows.count
        let earlier = address.offset > 0 ? step("Previous", -SitesList.length, links) : nil
        let later = end < list.total ? step("Next", SitesList.length, links) : nil
        return """
            <p class="pager">\(earlier)<span class="hint">\(Figure(address.offset + 1)) to \(Figure(end)) of \
            \(Figure(list.total))</span>\(later)</p>
            """
    }

    private func step(_ name: String, _ step: Int, _ links: Links) -> HTML {
        let link = address.starting(at: address.offset + step).link(links)
        return "<a class=\"button secondary\" href=\"\(link)\">\(name)</a>"
    }

    private var remarks: HTML {
        let limit: HTML? =
            list.isSortable
            ? nil : " More than \(SitesList.mostSorted) sites go by their names alone: search for fewer to sort them."
        return """
            <p class="sum hint">Days are those of the zone of each site. The change is that of visitors since \
            \(address.period.before), as far as this time has come. People of several sites may be the same ones: they \
            are not added up.\(limit)</p>
            """
    }

    private func files(_ links: Links) -> HTML {
        let formats: [HTML] = DashboardFormat.allCases.map { format in
            """
            <a href="\(address.file(format, links))" download>\(format.rawValue.uppercased())\
            <span class="unseen"> of these sites</span></a>

            """
        }
        return "<p class=\"rest hint\">\(formats)</p>"
    }
}
