/// Links to the pages of one thing, of which one is shown.
struct Tabs: Component {
    /// A page.
    struct Tab: Sendable {
        let title: String
        let link: Link
        let isCurrent: Bool

        init(_ title: String, _ link: Link, isCurrent: Bool) {
            self.title = title
            self.link = link
            self.isCurrent = isCurrent
        }
    }

    /// The name of the list, for those who do not see it.
    let label: String
    let tabs: [Tab]

    init(_ label: String, _ tabs: [Tab]) {
        self.label = label
        self.tabs = tabs
    }

    var html: HTML {
        let items: [HTML] = tabs.map { tab in
            let mark = tab.isCurrent ? "page" : nil
            return "<li><a href=\"\(tab.link)\"\(attribute: "aria-current", mark)>\(tab.title)</a></li>"
        }
        return "<nav class=\"tabs\" aria-label=\"\(label)\"><ul>\(items)</ul></nav>"
    }
}
