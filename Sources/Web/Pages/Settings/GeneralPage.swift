package import Analytics

/// The settings of the name, the hosts and the time zone of a site.
///
/// Its forms have the actions `rename` (`name`) and `save` (`hostnames`, `timezone`).
package struct GeneralPage: SettingsPage {
    package let site: SiteName
    let hostnames: [Hostname]
    let zone: String
    /// The time zones (IANA).
    let zones: [String]
    let renaming: FormState
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - zones: The time zones (IANA) to choose from.
    ///   - renaming: What was put into the form of the name.
    ///   - form: What was put into the other form.
    package init(_ site: Site, zones: [String], renaming: FormState = FormState(), form: FormState = FormState()) {
        self.site = site.name
        hostnames = site.hostnames
        zone = site.zone
        self.zones = zones
        self.renaming = renaming.named("rename")
        self.form = form
    }

    package var section: SettingsSection { .general }

    package func content(_ links: Links) -> HTML {
        let name = FormSection(
            title: "Name",
            target: address(links),
            action: "rename",
            form: renaming,
            fields: Field(
                name: "name",
                label: "Site name",
                form: renaming,
                value: site.text,
                hint: "a-z, 0-9, and <code>. _ - /</code>",
                limit: 100
            ).html,
            button: Button("Rename"),
            consequence: """
                The old name keeps working in snippets, links and requests, until another site of the organisation takes it.
                """
        )
        let hosts = HostnamesField(form: form, value: hostnames.map(\.text).joined(separator: "\n"))
        let counting = FormSection(
            title: "Counting",
            target: address(links),
            action: "save",
            form: form,
            fields: "\(hosts)\(ZoneField(form: form, zones: zones, value: zone))",
            button: Button("Save"),
            consequence: "Another time zone moves the borders of days, in old reports too."
        )
        return SettingsLayout(site: site, section: section, links: links, content: "\(name)\(counting)").html
    }
}
