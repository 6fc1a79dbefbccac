package import Analytics

extension Links {
    package var start: Link { path("") }
    package var sites: Link { path("sites") }
    package var newSite: Link { path("sites", "new") }
    package var account: Link { path("account") }
    package var accounts: Link { path("admin", "accounts") }
    package var audit: Link { path("admin", "audit") }
    package var auditFile: Link { path("admin", "audit.csv") }
    package var setup: Link { path("setup") }
    package var code: Link { path("login", "code") }
    package var logout: Link { path("logout") }

    /// The page to log in on.
    ///
    /// - Parameter next: The path to go on to, with its query.
    /// - Returns: The address.
    package func login(next: String? = nil) -> Link { path("login").with("next", next) }

    package func invitation(_ token: String) -> Link { path("invite", token) }

    package func reset(_ token: String) -> Link { path("reset", token) }

    package func organisation(_ name: String) -> Link { path("organisations", name) }

    /// A page of a site.
    package func site(_ site: SiteName, _ area: SiteArea = .dashboard) -> Link {
        area == .dashboard ? path("s", site.text) : path("s", site.text, area.rawValue)
    }

    package func settings(_ site: SiteName, _ section: SettingsSection = .general) -> Link {
        path("s", site.text, SiteArea.settings.rawValue, section.rawValue)
    }

    /// The stream of live figures, for the scripts of pages.
    package func realtime(_ site: SiteName) -> Link { path("api", "v1", "realtime").with("site", site.text) }

    /// The state of the installation as JSON, for the script of the page.
    package func installation(_ site: SiteName) -> Link {
        path("s", site.text, SiteArea.settings.rawValue, SettingsSection.snippet.rawValue, "status.json")
    }
}
