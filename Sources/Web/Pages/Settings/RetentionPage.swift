package import Analytics

/// The settings of a site about the age of hits.
///
/// Its form has the field `late_hours`.
package struct RetentionPage: SettingsPage {
    package let site: SiteName
    let lateHours: Int
    /// The days after which the server drops events; nil for never.
    let days: Int?
    let form: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - days: The days after which the server drops events; nil for never.
    ///   - form: What was put in, with the errors.
    package init(_ site: Site, days: Int?, form: FormState = FormState()) {
        self.site = site.name
        lateHours = site.settings.lateHours
        self.days = days
        self.form = form
    }

    package var section: SettingsSection { .retention }

    package func content(_ links: Links) -> HTML {
        let hours = Field(
            name: "late_hours",
            label: "Hours",
            form: form,
            value: "\(lateHours)",
            hint: "Hits without a server key that lie further back are refused. Those with one may be of any age.",
            inputMode: "numeric"
        )
        let late = FormSection(
            title: "Late hits",
            text: "How far back the time of a hit may lie.",
            target: address(links),
            form: form,
            fields: hours.html,
            button: Button("Save")
        )
        let kept: HTML =
            days.map { "Events are dropped after \(Figure($0)) days, by whole weeks; answers about them stay." }
            ?? "Events are kept for ever."
        let server = Card(
            title: "Storage",
            text: "\(kept) This holds for all sites of the server; its operator sets it.",
            content: ""
        )
        return SettingsLayout(site: site, section: section, links: links, content: "\(late)\(server)").html
    }
}
