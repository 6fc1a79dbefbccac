package import Analytics

/// The page on which an operator writes a question in SQL.
///
/// Its form has `sql`, `from` and `to`, and the actions `run` and `explain`.
package struct SQLTextPage: Page {
    let site: SiteName
    let form: FormState
    let outcome: SavedQueryPage.Outcome

    /// - Parameters:
    ///   - site: The site.
    ///   - form: What was put into the form.
    ///   - outcome: What there is to show.
    package init(_ site: SiteName, form: FormState, outcome: SavedQueryPage.Outcome) {
        self.site = site
        self.form = form
        self.outcome = outcome
    }

    package var title: String { "Write SQL" }
    package var place: Place { .site(site, .sql) }

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
            <section class="card"><form method="post" action="\(links.sqlText(site))">
            <div class="body">\(form.notice)\(text)\(dates)</div>
            <div class="foot">\(Button("Explain", .secondary, value: ("action", "explain")))\
            \(Button("Run", value: ("action", "run")))</div></form></section>
            \(answer)
            """
    }

    private var answer: HTML? {
        switch outcome {
        case .notAsked: nil
        case .fault(let fault): SQLFaultNotice(fault: fault).html
        case .table(let table): QueryResultCard(table: table, view: QueryTableView(sort: "", search: "")).html
        }
    }
}
