/// The list of all accounts of the server, for operators.
///
/// Its forms have the actions `reset` (a link to choose another password), `end_logins`, `disable_factor`, `promote` and
/// `demote` (to an operator, and back), all with `account`, and `remove` (`name`).
package struct AccountsPage: Page {
    let rows: [AccountRow]
    /// The name of the account that looks at it, which remains an operator.
    let own: String
    /// The link that was just made.
    let secret: SecretOnce?
    let removing: FormState

    /// - Parameters:
    ///   - rows: The accounts.
    ///   - own: The name of the account that looks at it.
    ///   - secret: The link to choose another password that was just made.
    ///   - removing: What was put into the form to remove an account.
    package init(rows: [AccountRow], own: String, secret: SecretOnce? = nil, removing: FormState = FormState()) {
        self.rows = rows
        self.own = own
        self.secret = secret
        self.removing = removing
    }

    package var title: String { "Accounts" }
    package var place: Place { .general }

    package func content(_ links: Links) -> HTML {
        let table = Table(
            "Accounts",
            columns: [
                Table.Column("Account"), Table.Column("Organisations"), Table.Column("Marks"),
                Table.Column("Created"), Table.Column("Last seen"), Table.Column("Actions", isUnseen: true),
            ],
            rows: rows.map { row in
                [
                    identity(row), organisations(row), marks(row), Moment(row.created, isDate: true).html,
                    row.seen.map { Moment($0).html } ?? "<span class=\"hint\">never</span>", actions(row, links),
                ]
            }
        )
        return """
            \(PageHead("Accounts", text: "Everybody who can log in on this server."))
            \(secret)
            <section class="card">\(table)</section>
            <div class="column">\(removal(links))</div>
            """
    }

    private func removal(_ links: Links) -> FormSection {
        FormSection(
            title: "Remove an account",
            text: "Its logins end. What it did stays in the audit log under its name.",
            target: links.accounts,
            action: "remove",
            form: removing,
            fields: Field(
                name: "name",
                label: "Account name",
                form: removing,
                hint: "Type it as it stands in the list.",
                autocomplete: "off",
                limit: 64
            ).html,
            button: Button("Remove the account", .danger),
            isDangerous: true
        )
    }

    private func identity(_ row: AccountRow) -> HTML {
        MemberRow(account: row.name, displayName: row.displayName, email: row.email, role: "").identity
    }

    private func organisations(_ row: AccountRow) -> HTML {
        let lines: [HTML] = row.organisations.map { "<span class=\"line\">\(HTML.name($0))</span>" }
        return lines.isEmpty ? "–" : "\(lines)"
    }

    private func marks(_ row: AccountRow) -> HTML {
        """
        \(row.isOperator ? Badge("operator") : nil)\(row.hasSecondFactor ? Badge("second factor", .good) : nil)\
        \(row.hasPassword ? nil : Badge("no password", .bad))
        """
    }

    private func actions(_ row: AccountRow, _ links: Links) -> HTML {
        var actions = [("reset", "Password link"), ("end_logins", "End logins")]
        if row.hasSecondFactor { actions.append(("disable_factor", "Second factor off")) }
        if row.name != own { actions.append(row.isOperator ? ("demote", "No operator") : ("promote", "Operator")) }
        let forms = actions.map { action, label in
            ButtonForm(
                target: links.accounts,
                values: ["action": action, "account": row.name],
                button: Button(label, .quiet, subject: row.name)
            )
        }
        return "<div class=\"buttons\">\(forms)</div>"
    }
}
