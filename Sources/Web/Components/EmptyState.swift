/// The text in the place of a list without rows: what would be there, and how it comes about.
struct EmptyState: Component {
    let title: String
    let text: HTML
    let action: HTML?

    init(_ title: String, _ text: HTML, action: HTML? = nil) {
        self.title = title
        self.text = text
        self.action = action
    }

    var html: HTML {
        "<div class=\"empty\"><p class=\"strong\">\(title)</p><p>\(text)</p>\(action)</div>"
    }
}
