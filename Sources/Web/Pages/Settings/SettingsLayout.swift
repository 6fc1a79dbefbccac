import Analytics

/// A page of the settings of a site, with the list of all of them beside it.
struct SettingsLayout: Component {
    let site: SiteName
    let section: SettingsSection
    let links: Links
    var text: HTML?
    let content: HTML

    var html: HTML {
        let tabs = Tabs(
            "Settings",
            SettingsSection.allCases.map { section in
                Tabs.Tab(section.title, links.settings(site, section), isCurrent: section == self.section)
            }
        )
        return """
            <div class="settings">\(tabs)
            <div class="column">\(PageHead("\(section.title)", text: text))
            \(content)</div></div>
            """
    }
}
