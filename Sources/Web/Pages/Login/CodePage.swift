/// The page for the code of the second factor.
package struct CodePage: Page {
    /// The path to go on to, as it was asked for.
    let next: String?
    /// The seconds after which one may try again; nil if one may now.
    let retryAfter: Int?
    let form: FormState

    /// - Parameters:
    ///   - next: The path to go on to.
    ///   - retryAfter: The seconds after which one may try again.
    ///   - form: What was put in, with the errors.
    package init(next: String? = nil, retryAfter: Int? = nil, form: FormState = FormState()) {
        self.next = next
        self.retryAfter = retryAfter
        self.form = form
    }

    package var title: String { "Enter the code" }
    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        Panel(
            title: "Enter the code",
            text: "Six digits, from the app that you set up for this account.",
            content: """
                \(RetryNotice(seconds: retryAfter))\(form.notice)
                <form method="post" action="\(links.code.with("next", next))">
                \(CodeField(form: form, isFirst: true))
                <div class="send">\(Button("Continue"))</div>
                </form>
                """,
            below: "<a href=\"\(links.login(next: next))\">Back to the start</a>"
        ).html
    }
}
