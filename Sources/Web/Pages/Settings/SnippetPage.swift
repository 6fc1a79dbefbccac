package import Analytics

/// The page with the lines for the pages of a site, and with what has arrived from them.
package struct SnippetPage: SettingsPage {
    package let site: SiteName
    let snippet: Snippet
    let state: InstallationState
    /// The address of a page of the site; nil if no host is known.
    let page: String?

    /// - Parameters:
    ///   - site: The site.
    ///   - snippet: The lines.
    ///   - state: What has arrived.
    ///   - page: The address of a page of the site, to open; nil if no host is known.
    package init(site: SiteName, snippet: Snippet, state: InstallationState, page: String? = nil) {
        self.site = site
        self.snippet = snippet
        self.state = state
        self.page = page
    }

    package var section: SettingsSection { .snippet }

    package func content(_ links: Links) -> HTML {
        let parts = snippet.parts
        let first = parts.prefix(1).map { SnippetBox(part: $0) }
        let others = parts.dropFirst().map { SnippetBox(part: $0) }
        let box = InstallationBox(
            state: state,
            status: links.installation(site),
            page: address(links),
            dashboard: links.site(site)
        )
        let open: HTML? = page.map { "<p class=\"hint\">Then open \(ForeignLink($0, text: $0)).</p>" }
        return SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "One line in the head of every page. No cookie, no storage, under 3 KB.",
            content: """
                \(box)
                \(Card(title: "Snippet", content: "<div class=\"body\">\(first)\(open)</div>"))
                \(Card(title: "Other ways", content: "<div class=\"body\">\(others)</div>"))
                """
        ).html
    }
}
