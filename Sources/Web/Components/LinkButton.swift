/// A link that looks like a button, for a page on which something is done.
struct LinkButton: Component {
    let label: String
    let link: Link
    let kind: Button.Kind

    init(_ label: String, _ link: Link, _ kind: Button.Kind = .primary) {
        self.label = label
        self.link = link
        self.kind = kind
    }

    var html: HTML { "<a class=\"button \(kind.rawValue)\" href=\"\(link)\">\(label)</a>" }
}
