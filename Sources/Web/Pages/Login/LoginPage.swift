/// The page to log in on.
package struct LoginPage: Page {
    /// The path to go on to, as it was asked for.
    let next: String?
    /// The seconds after which one may try again; nil if one may now.
    let retryAfter: Int?
    let form: FormState

    /// - Parameters:
    ///   - next: The path to go on to.
    ///   - retryAfter: The seconds after which one may try again.
    ///   - form: What was put in; its problem is the one message for every failure.
    package init(next: String? = nil, retryAfter: Int? = nil, form: FormState = FormState()) {
        self.next = next
        self.retryAfter = retryAfter
        self.form = form
    }

    /// The one message for every failure, which does not tell if the account exists.
    package static let failure = "The name or the password is wrong."

    package var title: String { "Log in" }
    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        let password = Field(
            name: "password",
            label: "Password",
            form: form,
            kind: .password,
            autocomplete: "current-password"
        )
        return Panel(
            title: "Log in",
            content: """
                \(RetryNotice(seconds: retryAfter))\(form.notice)
                <form method="post" action="\(links.login())">
                \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" as HTML })
                \(name)\(password)
                <div class="send">\(Button("Log in"))</div>
                </form>
                """,
            below: "Forgot your password? An operator of this server can give you a link to choose another one."
        ).html
    }

    private var name: Field {
        Field(
            name: "name",
            label: "Account name or e-mail",
            form: form,
            autocomplete: "username",
            isFirst: (form.values["name"] ?? "").isEmpty
        )
    }
}
