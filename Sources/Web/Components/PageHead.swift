/// The heading of a page, with what it is about and what can be done there.
struct PageHead: Component {
    let title: HTML
    var text: HTML?
    var actions: HTML?

    init(_ title: HTML, text: HTML? = nil, actions: HTML? = nil) {
        self.title = title
        self.text = text
        self.actions = actions
    }

    var html: HTML {
        """
        <div class="pagehead"><div><h1>\(title)</h1>\(text.map { "<p>\($0)</p>" as HTML })</div>\
        \(actions.map { "<div class=\"actions\">\($0)</div>" as HTML })</div>
        """
    }
}
