/// The periods of a dashboard as links.
struct PeriodMenu: Component {
    let address: DashboardAddress
    let links: Links

    var html: HTML {
        let items: [HTML] = DashboardPeriod.allCases.map { period in
            let mark = period == address.menuPeriod ? "true" : nil
            let link = address.showing(period).link(links)
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(period.title)</a></li>"
        }
        return "<nav class=\"picks periods\" aria-label=\"Period\"><ul>\(items)</ul></nav>"
    }
}
