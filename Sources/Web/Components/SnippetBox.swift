/// A part of the snippet of a site with its purpose.
struct SnippetBox: Component {
    let part: Snippet.Part

    var html: HTML {
        """
        <div class="part"><h3>\(part.title)</h3>\
        \(CopyBox(id: "snippet-\(part.name)", label: part.title, text: part.text))</div>
        """
    }
}
