/// The one card of a page without navigation.
struct Panel: Component {
    let title: String
    var text: HTML?
    let content: HTML
    /// What stands below the card.
    var below: HTML?
    var isWide = false

    var html: HTML {
        """
        <div class="panel\(isWide ? " spread" : "")">
        <h1>\(title)</h1>\(text.map { "<p class=\"lead\">\($0)</p>" as HTML })
        \(content)
        </div>\(below.map { "<p class=\"below\">\($0)</p>" as HTML })
        """
    }
}
