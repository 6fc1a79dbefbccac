package import Analytics

/// A saved question in SQL: its parameters as a form, and its answer.
///
/// The form is sent by `GET`, so that the address has all values: those of the parameters, `from` and `to`, `sort` and
/// `search`.
package struct SavedQueryPage: Page {
    /// The answer, or the reason that there is none.
    package enum Outcome: Sendable {
        case table(QueryTable)
        case fault(SQLFault)
        /// The question was not asked, as a value is missing or wrong, which the form tells.
        case notAsked
    }

    let site: SiteName
    let query: SavedQuery
    let form: FormState
    let view: QueryTableView
    let outcome: Outcome

    /// - Parameters:
    ///   - site: The site.
    ///   - query: The question.
    ///   - form: The values of its parameters.
    ///   - view: The order of the rows.
    ///   - outcome: What there is to show.
    package init(_ site: SiteName, _ query: SavedQuery, form: FormState, view: QueryTableView, outcome: Outcome) {
        self.site = site
        self.query = query
        self.form = form
        self.view = view
        self.outcome = outcome
    }

    package var title: String { query.title }
    package var place: Place { .site(site, .sql) }

    package func content(_ links: Links) -> HTML {
        let all = LinkButton("All questions", links.site(site, .sql), .secondary).html
        return """
            \(PageHead("\(query.title)", text: query.description.isEmpty ? nil : "\(query.description)", actions: all))
            \(parameters(links))
            \(answer(links))
            <details class="card more"><summary>SQL\(Icon.open)</summary>\
            \(CopyBox(id: "sql", label: "SQL", text: query.text))</details>
            """
    }

    private func parameters(_ links: Links) -> HTML {
        let dates: [HTML] = [("from", "First date"), ("to", "Last date")].map { name, label in
            Field(name: name, label: label, form: form, isRequired: false, placeholder: "2026-01-31", limit: 10).html
        }
        let own: [HTML] = query.parameters.map { parameter in
            Field(
                name: parameter.name,
                label: parameter.name,
                form: form,
                value: parameter.standard,
                hint: "\(parameter.kind.rawValue)",
                isRequired: parameter.standard == nil
            ).html
        }
        let search = QueryTableView.field(form)
        let sort: HTML? = view.sort.map { "<input type=\"hidden\" name=\"sort\" value=\"\($0)\">" }
        return """
            <section class="card"><form method="get" action="\(links.query(site, query.audience, query.name))">
            <div class="body">\(form.notice)\(sort)\(dates)\(own)\(search)</div>
            <div class="foot">\(Button("Ask"))</div></form></section>
            """
    }

    private func answer(_ links: Links) -> HTML? {
        switch outcome {
        case .notAsked: nil
        case .fault(let fault): SQLFaultNotice(fault: fault).html
        case .table(let table):
            QueryResultCard(
                table: table,
                view: view,
                sorting: .links { address(links).with("sort", $0) },
                files: files(links)
            ).html
        }
    }

    /// The names of the values in the address.
    private var names: [String] { ["from", "to"] + query.parameters.map(\.name) }

    private func address(_ links: Links) -> Link {
        let link = links.query(site, query.audience, query.name)
        return (names + ["search"]).reduce(link) { $0.with($1, form.values[$1].flatMap { $0.isEmpty ? nil : $0 }) }
    }

    private func files(_ links: Links) -> HTML {
        let file = names.reduce(links.queryFile(query.audience, query.name).with("site", site.text)) {
            $0.with($1, form.values[$1].flatMap { $0.isEmpty ? nil : $0 })
        }
        let formats: [HTML] = [("CSV", "csv"), ("JSON", "json"), ("NDJSON", "ndjson")].map { label, format in
            LinkButton(label, file.with("format", format), .secondary).html
        }
        return formats.reduce("", +)
    }
}

/// The reason that a question in SQL is not answered, as PostgreSQL gives it.
struct SQLFaultNotice: Component {
    let fault: SQLFault

    var html: HTML {
        let place: HTML? = fault.position.map { "<span class=\"line\">At character \($0).</span>" }
        let detail: HTML? = fault.detail.map { "<span class=\"line\">\($0)</span>" }
        let hint: HTML? = fault.hint.map { "<span class=\"line\">Hint: \($0)</span>" }
        return Notice(.error, fault.message, text: "\(place)\(detail)\(hint)").html
    }
}
