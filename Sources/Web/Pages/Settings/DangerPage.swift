package import Analytics

/// What cannot be taken back: to hand over, to empty and to delete a site.
///
/// Its forms have the actions `move` (`organisation`), `reset` and `delete` (both `confirm`, the name of the site).
package struct DangerPage: SettingsPage {
    package let site: SiteName
    let organisation: String
    /// The organisations to which the reader may hand over the site.
    let organisations: [String]
    let moving: FormState
    let resetting: FormState
    let deleting: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - organisations: The organisations to which the reader may hand over the site.
    ///   - moving: What was put into the form to hand over.
    ///   - resetting: What was put into the form to empty.
    ///   - deleting: What was put into the form to delete.
    package init(
        _ site: Site,
        organisations: [String],
        moving: FormState = FormState(),
        resetting: FormState = FormState(),
        deleting: FormState = FormState()
    ) {
        self.site = site.name
        organisation = site.organisation
        self.organisations = organisations
        self.moving = moving.named("move")
        self.resetting = resetting.named("reset")
        self.deleting = deleting.named("delete")
    }

    package var section: SettingsSection { .danger }

    package func content(_ links: Links) -> HTML {
        let reset = FormSection(
            title: "Delete all hits",
            text: "Empties the site. Its settings, keys and goals stay.",
            target: address(links),
            action: "reset",
            form: resetting,
            fields: Confirm(expected: site.text, form: resetting).html,
            button: Button("Delete all hits", .danger),
            isDangerous: true
        )
        let deletion = FormSection(
            title: "Delete the site",
            text: "With all its hits, keys, goals and links. Its pages will be refused.",
            target: address(links),
            action: "delete",
            form: deleting,
            fields: Confirm(expected: site.text, form: deleting).html,
            button: Button("Delete the site", .danger),
            isDangerous: true
        )
        return SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "None of this can be taken back.",
            content: "\(move(links))\(reset)\(deletion)"
        ).html
    }

    private func move(_ links: Links) -> FormSection? {
        let others = organisations.filter { $0 != organisation }
        guard !others.isEmpty else { return nil }
        let field = SelectField(
            name: "organisation",
            label: "Organisation",
            choices: others.map { Choice($0) },
            form: moving
        )
        return FormSection(
            title: "Hand over",
            text: "It belongs to \(HTML.name(organisation)). Members of another organisation will see it instead.",
            target: address(links),
            action: "move",
            form: moving,
            fields: field.html,
            button: Button("Hand over", .danger)
        )
    }
}
