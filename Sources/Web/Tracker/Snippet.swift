/// The lines for the pages of a site.
package struct Snippet: Sendable {
    /// One of the lines, or several that belong together.
    package struct Part: Sendable {
        /// The name, for programs.
        package let name: String
        /// The purpose, for people.
        package let title: String
        package let text: String
    }

    /// The name of the site.
    let site: String
    /// The address of a page of the site.
    let page: String
    let server: ServerAddress
    /// The path of the tracker.
    let script: String
    /// The path that takes hits.
    let endpoint: String

    /// - Parameters:
    ///   - site: The name of the site.
    ///   - page: The address of a page of the site, for the examples.
    ///   - server: The server.
    ///   - script: The path of the tracker.
    ///   - endpoint: The path that takes hits.
    package init(site: String, page: String, server: ServerAddress, script: String, endpoint: String) {
        self.site = site
        self.page = page
        self.server = server
        self.script = script
        self.endpoint = endpoint
    }

    package var parts: [Part] {
        [
            Part(
                name: "tag",
                title: "In the head of every page",
                text: "<script async src=\"\(server.text)\(script)\" data-site=\"\(site)\"></script>"
            ),
            Part(
                name: "csp",
                title: "Where the pages have a content security policy, for its three lists",
                text: "script-src \(server.origin); connect-src \(server.origin); img-src \(server.origin)"
            ),
            Part(
                name: "noscript",
                title: "For readers without JavaScript, with the address of the page percent-encoded",
                text: """
                    <noscript><img src="\(server.text)/pixel.gif?site=\(site)&amp;url=\(page.percentEncoded)" \
                    referrerpolicy="no-referrer-when-downgrade" alt=""></noscript>
                    """
            ),
            Part(
                name: "curl",
                title: "To try it",
                text: "curl -i \(server.text)\(endpoint) -d '{\"site\": \"\(site)\", \"url\": \"\(page)\"}'"
            ),
        ]
    }

    /// All parts with their purposes, as a page of text.
    package var text: String {
        parts.map { "\($0.title):\n\n    \($0.text)" }.joined(separator: "\n\n")
    }
}
