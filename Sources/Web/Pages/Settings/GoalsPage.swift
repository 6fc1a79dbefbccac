package import Analytics

/// The goals of a site.
///
/// Its forms have the actions `add` (`kind`, `event`, `page`, `scroll`, `display`, `currency`, `properties` with a line
/// `NAME=VALUE` for each) and `remove` (`id`).
package struct GoalsPage: SettingsPage {
    package let site: SiteName
    let goals: [Goal]
    let adding: FormState

    /// - Parameters:
    ///   - site: The site.
    ///   - adding: What was put into the form of a new goal.
    package init(_ site: Site, adding: FormState = FormState()) {
        self.site = site.name
        goals = site.goals
        self.adding = adding
    }

    package var section: SettingsSection { .goals }

    package func content(_ links: Links) -> HTML {
        SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "What visitors are wanted to do. A goal counts in old data too.",
            content: "\(list(links))\(addition(links))"
        ).html
    }

    private func list(_ links: Links) -> Card {
        guard !goals.isEmpty else {
            let empty = EmptyState("No goal yet", "An event, a view of some pages, or scrolling down on them.")
            return Card(content: empty.html)
        }
        let table = Table(
            "Goals",
            columns: [
                Table.Column("Goal"), Table.Column("Reached by"), Table.Column("Currency"),
                Table.Column("Actions", isUnseen: true),
            ],
            rows: goals.map { goal in
                [.name(goal.name), condition(of: goal), "\(goal.currency ?? "–")", removal(of: goal, links).html]
            }
        )
        return Card(content: table.html)
    }

    private func condition(of goal: Goal) -> HTML {
        let act: HTML =
            switch goal.kind {
            case .event(let name): "event <code>\(HTML.name(name))</code>"
            case .page(let pattern): "view of <code>\(HTML.name(pattern))</code>"
            case .scroll(let pattern, let depth): "scrolling \(depth) % of <code>\(HTML.name(pattern))</code>"
            }
        let properties: [HTML] = goal.properties.sorted { $0.key < $1.key }.map { name, value in
            "<span class=\"sub\">where \(HTML.name(name)) is \(HTML.name(value))</span>"
        }
        return "\(act)\(properties)"
    }

    private func removal(of goal: Goal, _ links: Links) -> ButtonForm {
        ButtonForm(
            target: address(links),
            values: ["action": "remove", "id": "\(goal.id.rawValue)"],
            button: Button("Remove", .quiet, subject: goal.name)
        )
    }

    private func addition(_ links: Links) -> FormSection {
        FormSection(
            title: "New goal",
            target: address(links),
            action: "add",
            form: adding,
            fields: GoalFields(form: adding).html,
            button: Button("Add goal")
        )
    }
}
