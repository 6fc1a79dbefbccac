package import Analytics

/// The settings of a site about who may see it without an account.
///
/// Its forms have the actions `add` (`label`, and `password`, which may be empty), `revoke` (`id`), `password` (`id`,
/// `password`), `open` (`id`), which takes the password away, and `save` (`public`, and `origins` with one a line).
package struct SharingPage: SettingsPage {
    package let site: SiteName
    let settings: SiteSettings
    let rows: [ShareRow]
    /// The address of the link that was just made, or of none in its form.
    let link: String
    /// The link that was just made.
    let secret: SecretOnce?
    let adding: FormState
    let locking: FormState
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - rows: Its share links.
    ///   - link: The address of the link that was just made, or of none in its form.
    ///   - secret: The link that was just made.
    ///   - adding: What was put into the form of a new link.
    ///   - locking: What was put into the form of another password.
    ///   - form: What was put into the form about everybody.
    package init(
        _ site: Site,
        rows: [ShareRow],
        link: String,
        secret: SecretOnce? = nil,
        adding: FormState = FormState(),
        locking: FormState = FormState(),
        form: FormState = FormState()
    ) {
        self.site = site.name
        settings = site.settings
        self.rows = rows
        self.link = link
        self.secret = secret
        self.adding = adding.named("add")
        self.locking = locking.named("lock")
        self.form = form
    }

    package var section: SettingsSection { .sharing }

    package func content(_ links: Links) -> HTML {
        let label = Field(
            name: "label",
            label: "Label",
            form: adding,
            hint: "Whom it is for.",
            autocomplete: "off",
            placeholder: "Newsletter team",
            limit: 100
        )
        let addition = FormSection(
            title: "New share link",
            target: address(links),
            action: "add",
            form: adding,
            fields: "\(label)\(NewPasswordField(form: adding, isRequired: false))",
            button: Button("Create link")
        )
        return SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "Who may see the figures without an account.",
            content: "\(secret)\(list(links))\(addition)\(locking(links))\(frames)\(everybody(links))"
        ).html
    }

    private func locking(_ links: Links) -> SharePasswordForm? {
        rows.isEmpty ? nil : SharePasswordForm(rows: rows, target: address(links), form: locking)
    }

    private var frames: FrameCode {
        FrameCode(link: link, hasOrigins: settings.origins.contains { $0.text != "*" })
    }

    private func list(_ links: Links) -> Card {
        guard !rows.isEmpty else {
            let empty = EmptyState("No share link yet", "Whoever has such a link sees the figures of this site.")
            return Card(title: "Share links", content: empty.html)
        }
        let table = Table(
            "Share links",
            columns: [
                Table.Column("Label"), Table.Column("Created"), Table.Column("Last used"), Table.Column("Ends"),
                Table.Column("Actions", isUnseen: true),
            ],
            rows: rows.map { row in
                [
                    name(of: row), Moment(row.created, isDate: true).html,
                    row.used.map { Moment($0).html } ?? "<span class=\"hint\">never</span>",
                    row.ends.map { Moment($0, isDate: true).html } ?? "<span class=\"hint\">never</span>",
                    "<div class=\"acts\">\(opening(of: row, links))\(revocation(of: row, links))</div>",
                ]
            }
        )
        return Card(title: "Share links", content: table.html)
    }

    /// The label, with a mark of a link that has a password.
    private func name(of row: ShareRow) -> HTML {
        let mark: HTML? = row.hasPassword ? " \(Badge("with password"))" : nil
        return "\(HTML.name(row.label))\(mark)"
    }

    /// The way to take the password away; nil without one.
    private func opening(of row: ShareRow, _ links: Links) -> ButtonForm? {
        guard row.hasPassword else { return nil }
        return ButtonForm(
            target: address(links),
            values: ["action": "open", "id": "\(row.id)"],
            button: Button("Remove password", .quiet, subject: row.label)
        )
    }

    private func revocation(of row: ShareRow, _ links: Links) -> ButtonForm {
        ButtonForm(
            target: address(links),
            values: ["action": "revoke", "id": "\(row.id)"],
            button: Button("Revoke", .quiet, subject: row.label)
        )
    }

    private func everybody(_ links: Links) -> FormSection {
        let isPublic = Checkbox(
            name: "public",
            label: "Everybody may see the figures",
            form: form,
            isOn: settings.isPublic,
            hint: "Counts and reports, but no single visits and users."
        )
        let origins = TextArea(
            name: "origins",
            label: "Pages that may read figures",
            form: form,
            value: settings.origins.map(\.text).joined(separator: "\n"),
            hint: "One origin a line; <code>*</code> is any, if everybody may see the figures.",
            placeholder: "https://example.com"
        )
        return FormSection(
            title: "Everybody",
            target: address(links),
            action: "save",
            form: form,
            fields: "\(isPublic)\(origins)",
            button: Button("Save")
        )
    }
}
