package import Analytics

/// The saved questions in SQL about a site.
package struct SQLPage: Page {
    let site: SiteName
    let queries: [SavedQuery]
    /// True if there is a login for SQL.
    let isOpen: Bool
    /// True if the reader may write SQL.
    let mayWrite: Bool

    /// - Parameters:
    ///   - site: The site.
    ///   - queries: The questions that the reader may ask.
    ///   - isOpen: True if there is a login for SQL.
    ///   - mayWrite: True if the reader may write SQL.
    package init(_ site: SiteName, queries: [SavedQuery], isOpen: Bool, mayWrite: Bool) {
        self.site = site
        self.queries = queries
        self.isOpen = isOpen
        self.mayWrite = mayWrite
    }

    package var title: String { "SQL" }
    package var place: Place { .site(site, .sql) }

    package func content(_ links: Links) -> HTML {
        let views = LinkButton("Views", links.sqlViews(site), .secondary).html
        let text: HTML? = mayWrite ? LinkButton("Write SQL", links.sqlText(site)).html : nil
        return """
            \(PageHead("SQL", text: "Questions that are kept as files.", actions: isOpen ? views + (text ?? "") : nil))
            \(isOpen ? lists(links) : closed)
            """
    }

    private func lists(_ links: Links) -> HTML {
        let lists: [HTML] = SavedQuery.Audience.allCases.compactMap { audience in
            let own = queries.filter { $0.audience == audience }
            return own.isEmpty ? nil : card(audience, own, links)
        }
        return lists.isEmpty ? none : lists.reduce("", +)
    }

    private func card(_ audience: SavedQuery.Audience, _ queries: [SavedQuery], _ links: Links) -> HTML {
        let (title, text): (String, HTML) =
            switch audience {
            case .public: ("Public", "For whoever may see the figures of the site.")
            case .private: ("Private", "For whoever may see single hits.")
            }
        let table = Table(
            title,
            columns: [Table.Column("Question"), Table.Column("About"), Table.Column("File")],
            rows: queries.map { query in
                [
                    "<a href=\"\(links.query(site, audience, query.name))\">\(query.title)</a>",
                    query.fault.map { "<span class=\"wrong\">\(Icon.error)\($0.description)</span>" }
                        ?? "<span class=\"hint\">\(query.description)</span>",
                    "<code>\(query.name).sql</code>",
                ]
            }
        )
        return Card(title: title, text: text, content: table.html).html
    }

    private var none: HTML {
        let text: HTML = "The folder <code>HOURGLASS_QUERIES</code> has none for you."
        return Card(content: EmptyState("No questions", text).html).html
    }

    private var closed: HTML {
        Card(
            content: EmptyState(
                "There is no login for SQL",
                """
                With a database of one's own, <code>HOURGLASS_QUERY_URL</code> names it as the login \
                <code>hourglass_query</code>.
                """
            ).html
        ).html
    }
}
