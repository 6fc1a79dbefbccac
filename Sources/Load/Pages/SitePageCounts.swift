/// The counts of one site, over the whole run and by day.
package struct SitePageCounts: Equatable, Sendable {
    /// The name of the site; nil for the standard one.
    package let site: String?
    package let total: PageCounts
    /// The counts of each day (UTC) with hits or visits, by its number since 1970-01-01.
    package let days: [Int: PageCounts]
}
