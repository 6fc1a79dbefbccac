/// A form that leads to another state of a dashboard.
struct StateForm: Component {
    let address: DashboardAddress
    /// The kind of change.
    let action: String
    let links: Links
    /// The page that takes it; nil for that of the address.
    var target: Link?
    let content: HTML

    var html: HTML {
        let target = target ?? address.path(links)
        // The state goes along as it is: a form would encode its filters twice.
        let query = address.link(links).text.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        return """
            <form method="post" action="\(target)"><input type="hidden" name="action" value="\(action)">\
            <input type="hidden" name="query" value="\(String(query))">\(content)</form>
            """
    }
}
