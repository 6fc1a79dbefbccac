package import Analytics

/// Everything around the content of a page: what is known of who looks at it, and of the server.
package struct Frame: Sendable {
    /// The colours of pages; the raw value is that of `data-theme`.
    package enum Theme: String, Sendable, CaseIterable {
        /// As the system of the reader has it.
        case system
        case light, dark
    }

    /// The account that is logged in.
    package struct Viewer: Sendable {
        package let name: String
        /// True for an account that may see the pages of the whole server.
        package let isOperator: Bool

        /// - Parameters:
        ///   - name: The name that is shown.
        ///   - isOperator: True for an account that may see the pages of the whole server.
        package init(name: String, isOperator: Bool = false) {
            self.name = name
            self.isOperator = isOperator
        }
    }

    package var links: Links
    package var assets: AssetLinks
    package var version: String
    package var theme = Theme.system
    /// The account that is logged in; nil for nobody.
    package var viewer: Viewer?
    /// The role of the viewer in the organisation of the site that the page is about; nil for none.
    package var role: Role?
    /// True if keys are clicks on links.
    package var hasShortcuts = false
    /// The notices that stand before those of the page, such as the one that something was saved.
    package var notices: [Notice] = []

    /// - Parameters:
    ///   - links: The addresses within the server.
    ///   - version: The version of the server.
    package init(links: Links, version: String) {
        self.links = links
        self.version = version
        assets = AssetLinks(links)
    }

    /// The whole document of a page.
    package func document(_ page: some Page) -> HTML {
        page.place == .frame ? bare(page) : whole(page)
    }

    /// A document without navigation and scripts, whose links open pages of their own.
    private func bare(_ page: some Page) -> HTML {
        """
        <!doctype html>
        <html lang="en"\(attribute: "data-theme", theme == .system ? nil : theme.rawValue)>
        <head>
        <meta charset="utf-8">
        <title>\(page.title) · Hourglass</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <base target="_blank">
        <link rel="stylesheet" href="\(assets.style)">
        </head>
        <body>
        <main id="main" class="\(page.place.width)">
        \(page.notices)
        \(page.content(links))
        </main>
        </body>
        </html>

        """
    }

    private func whole(_ page: some Page) -> HTML {
        """
        <!doctype html>
        <html lang="en"\(attribute: "data-theme", theme == .system ? nil : theme.rawValue)\(flag: "data-keys", hasShortcuts)>
        <head>
        <meta charset="utf-8">
        <title>\(page.title) · Hourglass</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <link rel="icon" href="\(assets.icon)" type="image/svg+xml">
        <link rel="stylesheet" href="\(assets.style)">
        </head>
        <body>
        <a class="skip" href="#main">Skip to content</a>
        \(TopBar(frame: self, place: page.place))
        <main id="main" class="\(page.place.width)" tabindex="-1">
        \(notices + page.notices)
        \(page.content(links))
        </main>
        <footer class="foot"><p>Hourglass \(version)</p></footer>
        \(scripts(of: page))
        </body>
        </html>

        """
    }

    /// The scripts, last in the document: over a slow network they would arrive together with the style, which the page
    /// waits for.
    private func scripts(of page: some Page) -> [HTML] {
        ([.script] + page.scripts).map {
            "<script type=\"module\" src=\"\(AssetLinks.link($0, links))\"></script>\n"
        }
    }
}
