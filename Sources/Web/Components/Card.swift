/// A part of a page with a heading of its own.
struct Card: Component {
    /// The heading; nil where that of the page says it.
    var title: String?
    var text: HTML?
    let content: HTML
    var isDangerous = false

    var html: HTML {
        """
        <section class="card\(isDangerous ? " dangerous" : "")">
        \(title.map { "<div class=\"head\"><h2>\($0)</h2>\(text.map { "<p>\($0)</p>" as HTML })</div>" as HTML })
        \(content)
        </section>
        """
    }
}
