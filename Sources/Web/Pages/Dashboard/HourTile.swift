package import Analytics

/// The people of the hour up to now, with the curve of the hours that ended before it.
package struct HourTile: Sendable {
    /// The unique users of hours that end one after the other, the last one now.
    private let users: [Int]

    /// - Parameter hours: The counts of hours that end one after the other, the last one now.
    package init(_ hours: [HourReport]) { users = hours.map(\.uniqueUsers) }

    /// The tile, which leads to the page of the sliding hour.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - links: The addresses within the server.
    /// - Returns: The element; nil without an hour.
    func html(_ site: SiteName, _ links: Links) -> HTML? {
        guard let last = users.last else { return nil }
        return """
            <li class="now" data-metric="hour"><div class="head"><h3><a href="\(links.site(site, .hour))">\
            People in the hour to now</a></h3></div>\
            <p class="value"><data value="\(last)">\(Figure(last))</data></p>\(curve)</li>

            """
    }

    private var curve: Sparkline? {
        let line = Sparkline(values: users)
        return line.hasLine ? line : nil
    }
}
