package import Analytics

extension Links {
    package var start: Link { path("") }
    package var sites: Link { path("sites") }

    /// The rows of the list of all sites as a file.
    func sites(_ format: DashboardFormat) -> Link { path("sites.\(format.rawValue)") }

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

    package var organisations: Link { path("organisations") }

    package func organisation(_ name: String) -> Link { path("organisations", name) }

    /// The image of an organisation.
    package func logo(of organisation: String) -> Link { path("organisations", organisation, "logo") }

    /// A page of a site.
    package func site(_ site: SiteName, _ area: SiteArea = .dashboard) -> Link {
        area == .dashboard ? path("s", site.text) : path("s", site.text, area.rawValue)
    }

    /// A page of a site by the segment of its path, such as `funnel`.
    func site(_ site: SiteName, _ segment: String) -> Link { path("s", site.text, segment) }

    /// The whole list of a tab of a dashboard.
    func list(_ site: SiteName, _ tab: String) -> Link { path("s", site.text, "list", tab) }

    /// The page about how a number of a dashboard came about.
    func reasons(_ site: SiteName) -> Link { path("s", site.text, "why") }

    /// The page of a visit.
    func visit(_ site: SiteName, _ visit: VisitKey) -> Link {
        path("s", site.text, SiteArea.visits.rawValue, visit.text)
    }

    /// The dashboard that a share link shows, or a panel of it as a file.
    package func share(_ text: String, _ file: String? = nil) -> Link {
        file.map { path("share", text, $0) } ?? path("share", text)
    }

    /// The whole list of a tab of a dashboard that a share link shows.
    func share(_ text: String, list tab: String) -> Link { path("share", text, "list", tab) }

    /// A panel of a dashboard that a share link shows, as a page for frames.
    func share(_ text: String, card name: String) -> Link { path("share", text, "card", name) }

    /// The way to give the password of a share link.
    func sharePassword(_ text: String) -> Link { path("share", text, "password") }

    /// The hits of a site as the API lists them, those of machines among them.
    func hitsWithBots(_ site: SiteName) -> Link {
        path("api", "v1", "events").with("site", site.text).with("bots", "true")
    }

    /// The reports of the API.
    var statistics: Link { path("api", "v1", "stats") }

    package func settings(_ site: SiteName, _ section: SettingsSection = .general) -> Link {
        path("s", site.text, SiteArea.settings.rawValue, section.rawValue)
    }

    /// A saved question about a site.
    package func query(_ site: SiteName, _ audience: SavedQuery.Audience, _ name: String) -> Link {
        path("s", site.text, SiteArea.sql.rawValue, audience.rawValue, name)
    }

    /// The page on which an operator writes SQL about a site.
    package func sqlText(_ site: SiteName) -> Link { path("s", site.text, SiteArea.sql.rawValue, "text") }

    /// The documentation of the views.
    package func sqlViews(_ site: SiteName) -> Link { path("s", site.text, SiteArea.sql.rawValue, "views") }

    /// A saved question as the API answers it.
    func queryFile(_ audience: SavedQuery.Audience, _ name: String) -> Link { path("api", audience.rawValue, name) }

    /// The stream of live figures, for the scripts of pages.
    package func realtime(_ site: SiteName) -> Link { path("api", "v1", "realtime").with("site", site.text) }

    /// The state of the installation as JSON, for the script of the page.
    package func installation(_ site: SiteName) -> Link {
        path("s", site.text, SiteArea.settings.rawValue, SettingsSection.snippet.rawValue, "status.json")
    }
}
