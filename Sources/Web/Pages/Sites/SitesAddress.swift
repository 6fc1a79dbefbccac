/// The state of the list of all sites, all of which is in its address.
package struct SitesAddress: Sendable {
    package var period = SitesPeriod.recent
    /// The text that the names contain; empty for all.
    package var search = ""
    package var sort = SitesColumn.name
    package var isDescending = false
    /// The sites before the first one.
    package var offset = 0

    package init() {}

    /// The most characters of a text to search for: those of a name.
    package static let longestSearch = 100

    func showing(_ period: SitesPeriod) -> SitesAddress {
        var address = self
        (address.period, address.offset) = (period, 0)
        return address
    }

    /// The order by a column: names from the first, numbers from the greatest; chosen again, the other way round.
    func sorted(by column: SitesColumn) -> SitesAddress {
        var address = self
        (address.sort, address.offset) = (column, 0)
        address.isDescending = column == sort ? !isDescending : column != .name
        return address
    }

    func starting(at offset: Int) -> SitesAddress {
        var address = self
        address.offset = max(0, offset)
        return address
    }

    /// The address without a search.
    var unsearched: SitesAddress {
        var address = self
        (address.search, address.offset) = ("", 0)
        return address
    }

    /// The parameter of the period; nil for the standard.
    var periodValue: String? { period == .recent ? nil : period.rawValue }

    /// The parameter of the order; nil for the standard.
    var sortValue: String? {
        sort == .name && !isDescending ? nil : (isDescending ? "-" : "") + sort.rawValue
    }

    /// The address.
    package func link(_ links: Links) -> Link { asking(links.sites) }

    /// The address of a file with the rows that are shown.
    func file(_ format: DashboardFormat, _ links: Links) -> Link { asking(links.sites(format)) }

    private func asking(_ link: Link) -> Link {
        link.with("period", periodValue).with("q", search.isEmpty ? nil : search).with("sort", sortValue)
            .with("offset", offset == 0 ? nil : "\(offset)")
    }
}
