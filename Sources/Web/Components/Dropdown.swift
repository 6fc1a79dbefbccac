/// A button that opens what there is to choose; it works without a script.
struct Dropdown: Component {
    let title: HTML
    let content: HTML
    /// The key that opens it; nil for none.
    var key: String?
    /// The meaning of the key.
    var does: String?

    var html: HTML {
        """
        <details class="menu drop" data-menu><summary\(attribute: "data-key", key)\(attribute: "data-does", does)>\
        \(title)\(Icon.open)</summary>
        <div class="sheet">\(content)</div></details>
        """
    }
}
