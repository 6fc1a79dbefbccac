/// The page of a link to choose another password.
package struct ResetPage: Page {
    let token: String
    /// The name of the account.
    let account: String
    let form: FormState

    /// - Parameters:
    ///   - token: The token of the link.
    ///   - account: The name of the account.
    ///   - form: What was put in, with the errors.
    package init(token: String, account: String, form: FormState = FormState()) {
        self.token = token
        self.account = account
        self.form = form
    }

    package var title: String { "Choose a password" }
    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        Panel(
            title: title,
            text: "For the account <strong>\(HTML.name(account))</strong>. All its logins end.",
            content: """
                \(form.notice)
                <form method="post" action="\(links.reset(token))">
                \(UsernameHint(account: account))\(NewPasswordField(form: form, label: "New password"))
                <div class="send">\(Button("Save and log in"))</div>
                </form>
                """
        ).html
    }
}
