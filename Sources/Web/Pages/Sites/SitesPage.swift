import Analytics

/// The list of all sites that the reader may see.
package struct SitesPage: Page {
    let rows: [SiteRow]
    /// True if the reader may add a site.
    let mayAdd: Bool

    /// - Parameters:
    ///   - rows: The sites.
    ///   - mayAdd: True if the reader may add a site.
    package init(rows: [SiteRow], mayAdd: Bool) {
        self.rows = rows
        self.mayAdd = mayAdd
    }

    package var title: String { "Sites" }
    package var place: Place { .general }

    package func content(_ links: Links) -> HTML {
        let add: HTML? = mayAdd ? LinkButton("Add a site", links.newSite).html : nil
        guard !rows.isEmpty else {
            return """
                \(PageHead("Sites"))
                <section class="card">\(EmptyState("No site yet", empty, action: add))</section>
                """
        }
        return "\(PageHead("Sites", actions: add))<section class=\"card\">\(table(links))</section>"
    }

    private var empty: HTML {
        mayAdd
            ? "A site is what you count: a website or an app, with its own keys, settings and members."
            : "Here are the sites of your organisations. Ask one of their admins to add a site, or you to another one."
    }

    private func table(_ links: Links) -> Table {
        Table(
            "Sites",
            columns: [
                Table.Column("Site"), Table.Column("Hits today", isNumber: true), Table.Column("Hostnames"),
                Table.Column("Time zone"), Table.Column("Organisation"), Table.Column("Your role"),
                Table.Column("Actions", isUnseen: true),
            ],
            rows: rows.map { row in
                [
                    "<a class=\"strong\" href=\"\(links.site(row.name))\">\(HTML.name(row.name.text))</a>",
                    row.hits.map { "\(Figure($0))" } ?? "–", hosts(of: row), "\(row.zone)", organisation(row, links),
                    Badge(row.role).html, "<a href=\"\(links.settings(row.name))\">Settings</a>",
                ]
            }
        )
    }

    private func hosts(of row: SiteRow) -> HTML {
        guard let first = row.hostnames.first else { return "<span class=\"hint\">any</span>" }
        let more = row.hostnames.count - 1
        return "\(HTML.name(first))\(more > 0 ? " <span class=\"hint\">and \(more) more</span>" as HTML : nil)"
    }

    private func organisation(_ row: SiteRow, _ links: Links) -> HTML {
        "<a href=\"\(links.organisation(row.organisation))\">\(HTML.name(row.organisation))</a>"
    }
}
