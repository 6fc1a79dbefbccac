package import Analytics

/// The documentation of the views that SQL about a site reads.
package struct SQLViewsPage: Page {
    let site: SiteName
    let columns: [SavedQueries.DocumentedColumn]

    /// - Parameters:
    ///   - site: The site.
    ///   - columns: The columns, view by view.
    package init(_ site: SiteName, columns: [SavedQueries.DocumentedColumn]) {
        self.site = site
        self.columns = columns
    }

    package var title: String { "Views" }
    package var place: Place { .site(site, .sql) }

    package func content(_ links: Links) -> HTML {
        var views: [String] = []
        for column in columns where !views.contains(column.view) { views.append(column.view) }
        let cards: [HTML] = views.map { view in
            let own = columns.filter { $0.view == view }
            let table = Table(
                view,
                columns: [Table.Column("Column"), Table.Column("Type"), Table.Column("Meaning")],
                rows: own.map { ["<code>\($0.name)</code>", "<code>\($0.type)</code>", "\($0.text)"] }
            )
            return Card(title: view, text: "\(own[0].viewText)", content: table.html).html
        }
        let all = LinkButton("All questions", links.site(site, .sql), .secondary).html
        let text: HTML = "What a question reads: the rows of this site."
        return "\(PageHead("Views", text: text, actions: all))\(cards)"
    }
}
