import Analytics

/// The head of every page: the way home, the navigation of a site, and the menu of the account.
struct TopBar: Component {
    let frame: Frame
    let place: Place

    private var links: Links { frame.links }

    var html: HTML {
        """
        <header class="top">
        <a class="brand" href="\(links.start)">\(Icon.hourglass)<span>Hourglass</span></a>
        \(navigation)
        \(menu)
        </header>
        """
    }

    private var navigation: HTML? {
        guard case .site(let site, let current) = place else { return nil }
        let open = SiteArea.allCases.filter { area in
            area == current || area.need.map { need in frame.role.map { $0 >= need } ?? false } ?? true
        }
        let areas: [HTML] = open.map { area in
            let mark = area == current ? "page" : nil
            // These two are asked for more often than the others.
            let key = area == .hour || area == .realtime ? area.key : nil
            return """
                <li><a href="\(links.site(site, area))" data-go="\(area.key)"\(attribute: "data-key", key)\
                \(attribute: "aria-current", mark)>\(area.title)</a></li>
                """
        }
        return """
            <a class="switch" href="\(links.sites)" title="All sites" data-go="s">\(HTML.name(site.text))\(Icon.choose)</a>
            <nav class="areas" aria-label="Site"><ul>\(areas)</ul></nav>
            """
    }

    private var menu: HTML? {
        guard let viewer = frame.viewer else { return nil }
        let ofServer: HTML? =
            viewer.isOperator
            ? """
            <li><a href="\(links.accounts)">Accounts</a></li>
            <li><a href="\(links.audit)">Audit log</a></li>
            """ : nil
        return """
            <details class="menu" data-menu>
            <summary><span class="initial" aria-hidden="true">\(initial(of: viewer))</span>\
            <span class="who">\(HTML.name(viewer.name))</span>\(Icon.open)</summary>
            <ul>
            <li><a href="\(links.sites)">Sites</a></li>
            <li><a href="\(links.organisations)">Organisations</a></li>
            <li><a href="\(links.account)">Your account</a></li>
            \(ofServer)
            <li><form method="post" action="\(links.logout)"><button class="entry">Log out</button></form></li>
            </ul>
            </details>
            """
    }

    private func initial(of viewer: Frame.Viewer) -> String { viewer.name.prefix(1).uppercased() }
}
