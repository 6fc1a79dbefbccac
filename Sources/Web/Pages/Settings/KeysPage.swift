package import Analytics

/// The keys of a site, and the hits that need none.
///
/// Its forms have the actions `add` (`scope`, `label`), `revoke` (`id`) and `save` (`open`, `daily_cap`).
package struct KeysPage: SettingsPage {
    package let site: SiteName
    let settings: SiteSettings
    let rows: [KeyRow]
    /// The key that was just made.
    let secret: SecretOnce?
    let adding: FormState
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - rows: Its keys.
    ///   - secret: The key that was just made.
    ///   - adding: What was put into the form of a new key.
    ///   - form: What was put into the form about hits without a key.
    package init(
        _ site: Site,
        rows: [KeyRow],
        secret: SecretOnce? = nil,
        adding: FormState = FormState(),
        form: FormState = FormState()
    ) {
        self.site = site.name
        settings = site.settings
        self.rows = rows
        self.secret = secret
        self.adding = adding.named("add")
        self.form = form
    }

    package var section: SettingsSection { .keys }

    package func content(_ links: Links) -> HTML {
        SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "For servers that send hits, and programs that read figures. A revoked one is refused in a second.",
            content: "\(secret)\(list(links))\(addition(links))\(withoutKey(links))"
        ).html
    }

    private func list(_ links: Links) -> Card {
        guard !rows.isEmpty else {
            let empty = EmptyState("No key yet", "The snippet needs none while the site takes hits without.")
            return Card(content: empty.html)
        }
        let table = Table(
            "Keys",
            columns: [
                Table.Column("Label"), Table.Column("Scope"), Table.Column("Created"), Table.Column("Last used"),
                Table.Column("Actions", isUnseen: true),
            ],
            rows: rows.map { row in
                [
                    identity(of: row), Badge(row.scope.rawValue).html, Moment(row.created, isDate: true).html,
                    row.used.map { Moment($0).html } ?? "<span class=\"hint\">never</span>",
                    revocation(of: row, links).html,
                ]
            }
        )
        return Card(content: table.html)
    }

    /// The label with the text below it, if that may be shown.
    private func identity(of row: KeyRow) -> HTML {
        let text: HTML? = row.text.map { "<code class=\"sub\">\(HTML.name($0))</code>" }
        return "\(HTML.name(row.label.isEmpty ? "–" : row.label))\(text)"
    }

    private func revocation(of row: KeyRow, _ links: Links) -> ButtonForm {
        ButtonForm(
            target: address(links),
            values: ["action": "revoke", "id": "\(row.id)"],
            button: Button("Revoke", .quiet, subject: row.label)
        )
    }

    private func addition(_ links: Links) -> FormSection {
        let scopes = RadioGroup(
            name: "scope",
            legend: "Scope",
            choices: KeyScope.allCases.map { Choice($0.rawValue, $0.title, hint: $0.meaning) },
            form: adding,
            value: KeyScope.read.rawValue
        )
        let label = Field(
            name: "label",
            label: "Label",
            form: adding,
            hint: "Where it will be used.",
            autocomplete: "off",
            placeholder: "grafana",
            limit: 100
        )
        return FormSection(
            title: "New key",
            target: address(links),
            action: "add",
            form: adding,
            fields: "\(scopes)\(label)",
            button: Button("Create key")
        )
    }

    private func withoutKey(_ links: Links) -> FormSection {
        let open = Checkbox(
            name: "open",
            label: "Take hits without a key",
            form: form,
            isOn: settings.isOpen,
            hint: "From pages of the site's hostnames. Without it the snippet needs a write key."
        )
        let cap = Field(
            name: "daily_cap",
            label: "Most hits a day",
            form: form,
            value: settings.dailyCap.map { "\($0)" },
            hint: "Empty: \(Figure(SiteSettings.defaultDailyCap)), not counting those with a server key.",
            isRequired: false,
            inputMode: "numeric"
        )
        return FormSection(
            title: "Hits without a key",
            target: address(links),
            action: "save",
            form: form,
            fields: "\(open)\(cap)",
            button: Button("Save")
        )
    }
}

extension KeyScope {
    fileprivate var title: String {
        switch self {
        case .write: "Write"
        case .server: "Server"
        case .read: "Read"
        }
    }

    fileprivate var meaning: String {
        switch self {
        case .write: "Sends hits of the visitors themselves. It stands in pages, so it is no secret."
        case .server: "Sends hits of anybody, with addresses and old times; imports and forgets. A secret."
        case .read: "Asks for figures. A secret."
        }
    }
}
