/// The page to add a site on.
package struct NewSitePage: Page {
    /// The time zones (IANA).
    let zones: [String]
    /// The organisations to which the reader may add a site.
    let organisations: [String]
    let form: FormState

    /// - Parameters:
    ///   - zones: The time zones (IANA) to choose from.
    ///   - organisations: The organisations to which the reader may add a site.
    ///   - form: What was put in, with the errors.
    package init(zones: [String], organisations: [String], form: FormState = FormState()) {
        self.zones = zones
        self.organisations = organisations
        self.form = form
    }

    package var title: String { "Add a site" }
    package var place: Place { .general }

    package func content(_ links: Links) -> HTML {
        let organisation = SelectField(
            name: "organisation",
            label: "Organisation",
            choices: organisations.map { Choice($0) },
            form: form,
            value: organisations.first,
            hint: "Its members see the site, as their roles allow."
        )
        let zone = ZoneField(form: form, zones: zones)
        let section = FormSection(
            title: "Site",
            target: links.newSite,
            form: form,
            fields: "\(SiteNameField(name: "name", form: form))\(HostnamesField(form: form))\(zone)\(organisation)",
            button: Button("Add site"),
            consequence: "Next: the snippet for its pages."
        )
        return "<div class=\"column\">\(PageHead("Add a site"))\(section)</div>"
    }
}
