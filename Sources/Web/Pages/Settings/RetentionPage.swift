package import Analytics

/// The settings of a site about the age of hits and events.
///
/// Its form has the fields `late_hours` and `retention_days`.
package struct RetentionPage: SettingsPage {
    package let site: SiteName
    let lateHours: Int
    /// The days for which the site keeps hits and events; nil for as long as the server.
    let ownDays: Int?
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
        ownDays = site.settings.retentionDays
        self.days = days
        self.form = form
    }

    package var section: SettingsSection { .retention }

    package func content(_ links: Links) -> HTML {
        let hours = Field(
            name: "late_hours",
            label: "Hours that hits may be late",
            form: form,
            value: "\(lateHours)",
            hint: "Hits without a server key that lie further back are refused. Those with one may be of any age.",
            inputMode: "numeric"
        )
        let own = Field(
            name: "retention_days",
            label: "Days that hits and events are kept",
            form: form,
            value: ownDays.map { "\($0)" } ?? "",
            hint: """
                7 or more; empty for as long as the server keeps them. Older ones are deleted every night. Reports of their \
                dates are answered from totals, without filters, and hours from the counts of whole seconds.
                """,
            inputMode: "numeric"
        )
        let ages = FormSection(
            title: "Age of hits",
            text: "How far back the time of a hit may lie when it comes, and how long hits and events are kept.",
            target: address(links),
            form: form,
            fields: "\(hours)\(own)",
            button: Button("Save"),
            consequence: "Hits and events that are deleted cannot be brought back."
        )
        let kept: HTML =
            days.map { "Events are dropped after \(Figure($0)) days, by whole weeks; answers about them stay." }
            ?? "Events are kept for ever."
        let server = Card(
            title: "Storage",
            text: "\(kept) This holds for all sites of the server; its operator sets it.",
            content: ""
        )
        return SettingsLayout(site: site, section: section, links: links, content: "\(ages)\(server)").html
    }
}
