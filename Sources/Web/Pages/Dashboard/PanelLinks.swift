/// The links at the end of a panel: how its rows came about, and its rows as a file.
struct PanelLinks: Component {
    let panel: DashboardPanel
    /// The number and the field of its rows.
    let source: DashboardSource
    let address: DashboardAddress
    let links: Links

    var html: HTML {
        let why = address.reasons(source, links).map { link -> HTML in
            "<a href=\"\(link)\">Why<span class=\"unseen\"> these numbers: \(panel.title)</span></a> "
        }
        return """
            \(why)<a href="\(address.file(panel, .csv, links))" download>CSV<span class="unseen"> of \(panel.title)</span></a>
            """
    }
}
