/// A page that says one thing, such as that a link has been used.
package struct MessagePage: Page {
    package let title: String
    let text: String
    /// The way on, with its text.
    let action: (label: String, link: Link)?

    /// - Parameters:
    ///   - title: What happened.
    ///   - text: What it means.
    ///   - action: The way on, with its text.
    package init(_ title: String, text: String, action: (label: String, link: Link)? = nil) {
        self.title = title
        self.text = text
        self.action = action
    }

    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        let way: HTML? = action.map { "<div class=\"send\">\(LinkButton($0.label, $0.link))</div>" }
        return Panel(title: title, content: "<p>\(text)</p>\(way)").html
    }
}
