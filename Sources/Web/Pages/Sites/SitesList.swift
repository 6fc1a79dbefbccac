/// The part of the list of all sites that a page shows.
package struct SitesList: Sendable {
    /// The state of the page, as it was answered.
    package let address: SitesAddress
    /// The sites that are shown.
    package let rows: [SiteRow]
    /// The sites whose numbers were asked for: those that are shown, or all that were found.
    let summed: [SiteRow]
    /// The number of sites that were found.
    let total: Int

    /// The most sites of a page.
    package static let length = 50
    /// The most sites that are sorted by numbers, for which the numbers of all of them are needed.
    package static let mostSorted = 200

    /// - Parameters:
    ///   - address: The state of the page, as it was answered.
    ///   - rows: The sites that are shown, at most `length`.
    ///   - summed: The sites whose numbers were asked for.
    ///   - total: The number of sites that were found.
    package init(_ address: SitesAddress, rows: [SiteRow], summed: [SiteRow], total: Int) {
        self.address = address
        self.rows = rows
        self.summed = summed
        self.total = total
    }

    /// False if there are too many sites to go by their numbers.
    var isSortable: Bool { total <= Self.mostSorted }
}
