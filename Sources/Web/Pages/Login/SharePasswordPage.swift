/// The page that asks for the password of a share link, and tells nothing about the site.
package struct SharePasswordPage: Page {
    /// The text of the share link.
    let share: String
    /// The path to go on to, as it was asked for.
    let next: String
    /// The seconds after which one may try again; nil if one may now.
    let retryAfter: Int?
    /// True after a password that was not right.
    let isWrong: Bool

    /// - Parameters:
    ///   - share: The text of the share link.
    ///   - next: The path to go on to.
    ///   - retryAfter: The seconds after which one may try again.
    ///   - isWrong: True after a password that was not right.
    package init(share: String, next: String, retryAfter: Int? = nil, isWrong: Bool = false) {
        self.share = share
        self.next = next
        self.retryAfter = retryAfter
        self.isWrong = isWrong
    }

    /// The one message for every failure.
    package static let failure = "The password is wrong."

    package var title: String { "Enter the password" }
    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        let form = FormState(problem: isWrong ? Self.failure : nil)
        let password = Field(
            name: "password",
            label: "Password",
            form: form,
            kind: .password,
            autocomplete: "current-password",
            isFirst: true
        )
        return Panel(
            title: title,
            text: "This link has a password.",
            content: """
                \(RetryNotice(seconds: retryAfter))\(form.notice)
                <form method="post" action="\(links.sharePassword(share))">
                <input type="hidden" name="next" value="\(next)">
                \(UsernameHint(account: share))\(password)
                <div class="send">\(Button("Continue"))</div>
                </form>
                """,
            below: "Whoever gave you the link knows the password."
        ).html
    }
}
