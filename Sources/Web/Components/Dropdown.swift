/// A button that opens what there is to choose; it works without a script.
struct Dropdown: Component {
    let title: HTML
    let content: HTML

    var html: HTML {
        """
        <details class="menu drop" data-menu><summary>\(title)\(Icon.open)</summary>
        <div class="sheet">\(content)</div></details>
        """
    }
}
