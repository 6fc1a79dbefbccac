/// A part of a page with a heading of its own.
struct Card: Component {
    let title: String
    var text: HTML?
    let content: HTML
    var isDangerous = false

    var html: HTML {
        """
        <section class="card\(isDangerous ? " dangerous" : "")">
        <div class="head"><h2>\(title)</h2>\(text.map { "<p>\($0)</p>" as HTML })</div>
        \(content)
        </section>
        """
    }
}
