/// The page of an invitation to an organisation.
package struct InvitationPage: Page {
    let token: String
    let organisation: String
    /// The role that it gives, such as `member`.
    let role: String
    /// The name of the account that is logged in.
    let account: String?
    let form: FormState

    /// - Parameters:
    ///   - token: The token of the link.
    ///   - organisation: The name of the organisation.
    ///   - role: The role that it gives.
    ///   - account: The name of the account that is logged in; nil for nobody.
    ///   - form: What was put in, with the errors.
    package init(
        token: String,
        organisation: String,
        role: String,
        account: String? = nil,
        form: FormState = FormState()
    ) {
        self.token = token
        self.organisation = organisation
        self.role = role
        self.account = account
        self.form = form
    }

    package var title: String { "Join \(organisation)" }
    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        Panel(
            title: title,
            text: "You are invited to the organisation \(HTML.name(organisation)) as \(RoleName(role)).",
            content: """
                <p class="hint">\(RoleName(role).meaning)</p>
                \(form.notice)
                <form method="post" action="\(links.invitation(token))">
                \(fields)
                </form>
                """,
            below: below(links),
            isWide: account == nil
        ).html
    }

    private var fields: HTML {
        guard let account else {
            return "\(AccountFields(form: form))<div class=\"send\">\(Button("Create account and join"))</div>"
        }
        return """
            <p>You are logged in as <strong>\(HTML.name(account))</strong>.</p>
            <div class="send">\(Button("Join as \(account)", value: ("action", "join")))</div>
            """
    }

    private func below(_ links: Links) -> HTML? {
        guard account == nil else { return nil }
        let back = links.login(next: "/invite/\(token.percentEncoded)")
        return "Do you have an account on this server? <a href=\"\(back)\">Log in first</a>."
    }
}
