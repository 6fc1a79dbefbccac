import Analytics

/// The list of organisations, to which operators add others.
///
/// Its form has `name` and `title`.
package struct OrganisationsPage: Page {
    let rows: [OrganisationRow]
    /// True if the reader may add an organisation.
    let mayAdd: Bool
    let adding: FormState

    /// - Parameters:
    ///   - rows: The organisations that the reader may see.
    ///   - mayAdd: True if the reader may add an organisation.
    ///   - adding: What was put into the form.
    package init(rows: [OrganisationRow], mayAdd: Bool, adding: FormState = FormState()) {
        self.rows = rows
        self.mayAdd = mayAdd
        self.adding = adding
    }

    package var title: String { "Organisations" }
    package var place: Place { .general }

    package func content(_ links: Links) -> HTML {
        let list: HTML = rows.isEmpty ? EmptyState("No organisation yet", Self.empty).html : table(links).html
        return """
            <div class="column">\(PageHead("Organisations"))
            <section class="card">\(list)</section>\(mayAdd ? section(links) : nil)
            </div>
            """
    }

    private static let empty: HTML = "An organisation has sites and members. Ask one of its admins to invite you."

    private func table(_ links: Links) -> Table {
        Table(
            "Organisations",
            columns: [
                Table.Column("Organisation"), Table.Column("Name"), Table.Column("Sites", isNumber: true),
                Table.Column("Your role"),
            ],
            rows: rows.map { row in
                let name = row.title.isEmpty ? row.name : row.title
                return [
                    "<a class=\"strong\" href=\"\(links.organisation(row.name))\">\(HTML.name(name))</a>",
                    "<code>\(HTML.name(row.name))</code>", "\(Figure(row.sites))", Badge(row.role).html,
                ]
            }
        )
    }

    private func section(_ links: Links) -> FormSection {
        let name = Field(
            name: "name",
            label: "Name",
            form: adding,
            hint: "For addresses and commands: \(AccountName.form).",
            autocomplete: "off",
            placeholder: "northwind",
            limit: 64
        )
        let title = Field(
            name: "title",
            label: "Name for people",
            form: adding,
            autocomplete: "organization",
            isRequired: false,
            placeholder: "Northwind Labs",
            limit: 200
        )
        return FormSection(
            title: "Add an organisation",
            text: "For sites that other people may see. You are its owner, and invite others.",
            target: links.organisations,
            form: adding,
            fields: "\(name)\(title)",
            button: Button("Add organisation")
        )
    }
}
