/// The notice that too many attempts have failed; nothing without a time.
struct RetryNotice: Component {
    let seconds: Int?

    var html: HTML {
        guard let seconds else { return "" }
        return """
            <div class="notice warning" role="alert">\(Icon.waiting)<div><strong>Too many attempts.</strong>\
            <p>Try again in <span data-seconds="\(seconds)">\(seconds)</span> s.</p></div></div>
            """
    }
}
