package import Analytics

/// The addresses whose hits a site does not count.
///
/// Its forms have the actions `save` (`addresses`, one a line) and `exclude` (the address of the reader).
package struct AddressesPage: SettingsPage {
    package let site: SiteName
    let addresses: [String]
    /// The address of the reader; nil if it is not known.
    let own: String?
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - addresses: The addresses and blocks that are excluded.
    ///   - own: The address of the reader.
    ///   - form: What was put in, with the errors.
    package init(site: SiteName, addresses: [String], own: String? = nil, form: FormState = FormState()) {
        self.site = site
        self.addresses = addresses
        self.own = own
        self.form = form
    }

    package var section: SettingsSection { .addresses }

    package func content(_ links: Links) -> HTML {
        let list = TextArea(
            name: "addresses",
            label: "Addresses",
            form: form,
            value: addresses.joined(separator: "\n"),
            hint: "One address or block a line, such as <code>203.0.113.7</code> or <code>2001:db8::/32</code>.",
            rows: 6
        )
        let section = FormSection(
            title: "Addresses",
            target: address(links),
            action: "save",
            form: form,
            fields: list.html,
            button: Button("Save"),
            consequence: "Holds for hits from now on."
        )
        return SettingsLayout(
            site: site,
            section: self.section,
            links: links,
            text: "Hits from these are refused, such as those of your own office.",
            content: "\(section)\(ownAddress(links))"
        ).html
    }

    private func ownAddress(_ links: Links) -> HTML? {
        own.map { own in
            let button = ButtonForm(
                target: address(links),
                values: ["action": "exclude"],
                button: Button("Exclude it", .secondary)
            )
            let content: HTML =
                addresses.contains(own)
                ? "<p>It is excluded.</p>" : "\(button)"
            return Card(
                title: "Your address",
                text: "You are reading this from <code>\(own)</code>.",
                content: "<div class=\"body\">\(content)</div>"
            ).html
        }
    }
}
