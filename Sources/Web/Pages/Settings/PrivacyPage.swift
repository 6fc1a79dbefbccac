package import Analytics

/// The settings of a site about persons who object to being recognized.
///
/// Its form has the field `respect`.
package struct PrivacyPage: SettingsPage {
    package let site: SiteName
    let signals: SiteSettings.Signals
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - form: What was put in, with the errors.
    package init(_ site: Site, form: FormState = FormState()) {
        self.site = site.name
        signals = site.settings.respect
        self.form = form
    }

    package var section: SettingsSection { .privacy }

    package func content(_ links: Links) -> HTML {
        let choice = RadioGroup(
            name: "respect",
            legend: "Signals that are respected",
            choices: [
                Choice("gpc", "Global Privacy Control", hint: "Sec-GPC: 1, an objection by law in some places."),
                Choice(
                    "both",
                    "Global Privacy Control and Do Not Track",
                    hint: "Also DNT: 1, which few browsers send."
                ),
                Choice("none", "None", hint: "Every hit has a visitor."),
            ],
            form: form,
            value: signals.rawValue
        )
        let section = FormSection(
            title: "Objections",
            text: "A hit of somebody who objects is counted as a view, but has no visitor.",
            target: address(links),
            form: form,
            fields: choice.html,
            button: Button("Save"),
            consequence: "Holds for hits from now on."
        )
        let facts = KeyValue([
            ("Addresses", "never stored: used for the place and the hash, then dropped"),
            ("Visitors", "a keyed hash; for visitors without an id its key is deleted a day after the date is over"),
            ("Cookies and storage", "none, unless a page asks for them (<code>data-remember</code>)"),
        ])
        return SettingsLayout(
            site: site,
            section: self.section,
            links: links,
            content: "\(section)\(Card(title: "What is kept", content: "<div class=\"body\">\(facts)</div>"))"
        ).html
    }
}
