/// A text that is there to be copied.
struct CopyBox: Component {
    /// The id of the element with the text.
    let id: String
    /// The name of the text, for those who do not see it.
    let label: String
    let text: String

    var html: HTML {
        """
        <div class="copy"><pre id="\(id)"><code>\(text)</code></pre>\
        <button type="button" class="button secondary" data-copy="\(id)" hidden>\(Icon.copy)\
        <span aria-live="polite">Copy</span><span class="unseen"> \(label)</span></button></div>
        """
    }
}
