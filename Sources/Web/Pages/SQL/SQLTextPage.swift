package import Analytics

/// The page on which an operator writes a question in SQL.
///
/// Its form has `sql`, `from` and `to`, `sort` and `search` for the rows, and the actions `run` (as without one),
/// `explain` and `show`, which runs nothing.
package struct SQLTextPage: Page {
    let site: SiteName
    let form: FormState
    let view: QueryTableView
    let outcome: SavedQueryPage.Outcome

    /// - Parameters:
    ///   - site: The site.
    ///   - form: What was put into the form.
    ///   - view: The order of the rows.
    ///   - outcome: What there is to show.
    package init(_ site: SiteName, form: FormState, view: QueryTableView, outcome: SavedQueryPage.Outcome) {
        self.site = site
        self.form = form
        self.view = view
        self.outcome = outcome
    }

    package var title: String { "Write SQL" }
    package var place: Place { .site(site, .sql) }

    private static let formID = "question"
    /// The most bytes of an address with a text: many proxies take eight thousand.
    private static let longestAddress = 6_000

    private static let example = """
        SELECT path, count(*) AS views
          FROM hit
         WHERE ts >= :from AND ts < :to AND name = 'pageview' AND NOT bot
         GROUP BY path
         ORDER BY views DESC
         LIMIT 20
        """

    package func content(_ links: Links) -> HTML {
        let actions =
            LinkButton("Views", links.sqlViews(site), .secondary).html
            + LinkButton("All questions", links.site(site, .sql), .secondary).html
        let text = TextArea(
            name: "sql",
            label: "SQL",
            form: form,
            value: Self.example,
            hint: """
                One question that reads the documented views, of this site alone; <code>:from</code>, <code>:to</code>, \
                <code>:site</code> and <code>:zone</code> are its parameters.
                """,
            isRequired: true,
            rows: 12
        )
        let dates: [HTML] = [("from", "First date"), ("to", "Last date")].map { name, label in
            Field(name: name, label: label, form: form, isRequired: false, placeholder: "2026-01-31", limit: 10).html
        }
        return """
            \(PageHead("Write SQL", text: "It is read only, and ends after ten seconds.", actions: actions))
            <section class="card"><form method="post" id="\(Self.formID)" action="\(links.sqlText(site))">
            <div class="body">\(form.notice)\(text)\(dates)\(QueryTableView.field(form))</div>
            <div class="foot">\(Button("Run", value: ("action", "run")))\
            \(Button("Explain", .secondary, value: ("action", "explain")))</div></form></section>
            \(answer(links))
            """
    }

    private func answer(_ links: Links) -> HTML? {
        switch outcome {
        case .notAsked: nil
        case .fault(let fault): SQLFaultNotice(fault: fault).html
        case .table(let table):
            QueryResultCard(table: table, view: view, sorting: .form(Self.formID), files: permalink(links)).html
        }
    }

    /// The link to the page with the same text, dates and search.
    private func permalink(_ links: Links) -> HTML? {
        let values = ["from", "to", "search"].map { ($0, form.values[$0] ?? "") }
        return Self.link(links, site, form.values["sql"] ?? "", values).map {
            LinkButton("Link to this question", $0, .secondary).html
        }
    }

    /// The address of the page with a text, which is not run before somebody says so.
    ///
    /// - Parameters:
    ///   - links: The addresses of the server.
    ///   - site: The site.
    ///   - text: The question.
    ///   - values: Other values of the form; empty ones are left out.
    /// - Returns: The address; nil if it is longer than proxies take.
    static func link(
        _ links: Links,
        _ site: SiteName,
        _ text: String,
        _ values: [(name: String, value: String)] = []
    ) -> Link? {
        let link = values.reduce(links.sqlText(site).with("sql", text)) { link, each in
            each.value.isEmpty ? link : link.with(each.name, each.value)
        }
        return link.text.utf8.count <= longestAddress ? link : nil
    }
}
