package import Analytics

/// The settings of a site about which addresses are one page.
///
/// Its form has the fields `pages` and `query`, with one a line, and `hash`.
package struct PagesPage: SettingsPage {
    package let site: SiteName
    let settings: SiteSettings
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - form: What was put in, with the errors.
    package init(_ site: Site, form: FormState = FormState()) {
        self.site = site.name
        settings = site.settings
        self.form = form
    }

    package var section: SettingsSection { .pages }

    package func content(_ links: Links) -> HTML {
        let rules = TextArea(
            name: "pages",
            label: "Pages that are shown as one",
            form: form,
            value: settings.pageRules.joined(separator: "\n"),
            hint: "One pattern a line, in which <code>*</code> is any text. The first match counts.",
            placeholder: "/user/*",
            rows: 5
        )
        let query = TextArea(
            name: "query",
            label: "Parameters that belong to a page",
            form: form,
            value: settings.queryParameters.joined(separator: "\n"),
            hint: "One a line. The rest is left out, but for <code>utm_</code> parameters, which tell campaigns.",
            placeholder: "article",
            rows: 3
        )
        let hash = Checkbox(
            name: "hash",
            label: "What follows # belongs to a page",
            form: form,
            isOn: settings.keepsFragment,
            hint: "For applications that route by it. The snippet then needs <code>data-hash</code>."
        )
        let rest = FormSection(
            title: "Pages",
            target: address(links),
            form: form,
            fields: "\(rules)\(query)\(hash)",
            button: Button("Save"),
            consequence: "Patterns hold in old reports too, the others for hits from now on."
        )
        return SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "Which addresses are the same page.",
            content: rest.html
        ).html
    }
}
