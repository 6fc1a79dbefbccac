/// The page of the first run: the account of the operator, and the first site.
package struct SetupPage: Page {
    /// The token of the link, which proves that the server is the reader's.
    let token: String
    /// The time zones (IANA).
    let zones: [String]
    let form: FormState

    /// - Parameters:
    ///   - token: The token of the link.
    ///   - zones: The time zones (IANA) to choose from.
    ///   - form: What was put in, with the errors.
    package init(token: String, zones: [String], form: FormState = FormState()) {
        self.token = token
        self.zones = zones
        self.form = form
    }

    package var title: String { "Set up" }
    package var place: Place { .alone }

    /// The fields of the site.
    private var site: HTML {
        let hostname = Field(
            name: "hostname",
            label: "Hostname",
            form: form,
            hint: "Only its pages may send hits. Without one any may.",
            autocomplete: "off",
            isRequired: false,
            placeholder: "example.com",
            limit: 255
        )
        let name = SiteNameField(name: "site", form: form)
        return "<div class=\"two\">\(name)\(hostname)</div>\(ZoneField(form: form, zones: zones))"
    }

    package func content(_ links: Links) -> HTML {
        Panel(
            title: "Set up Hourglass",
            text: "One account and one site, and you are counting. Everything can be changed later.",
            content: """
                \(StepList(steps: ["Account and site", "Add the snippet", "First hit"], current: 0))
                \(form.notice)
                <form method="post" action="\(links.setup)">
                <input type="hidden" name="token" value="\(token)">
                <fieldset><legend>Your account</legend>\(AccountFields(form: form))</fieldset>
                <fieldset><legend>Your first site</legend>\(site)</fieldset>
                <div class="send">\(Button("Create account and site"))</div>
                </form>
                """,
            isWide: true
        ).html
    }
}
