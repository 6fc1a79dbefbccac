/// A column of the list of all sites by which it can be sorted; the raw value is that of the parameter `sort`, which has
/// a `-` before it for the greatest first.
package enum SitesColumn: String, Sendable, CaseIterable {
    case name, hour, visitors, pageviews, change, refused

    var title: String {
        switch self {
        case .name: "Site"
        case .hour: "People in the hour"
        case .visitors: "Visitors"
        case .pageviews: "Page views"
        case .change: "Change"
        case .refused: "Refused"
        }
    }

    /// The value of a row; nil where it is not known, and for names.
    ///
    /// - Parameter row: The row.
    /// - Returns: The number by which the rows go.
    package func value(of row: SiteRow) -> Double? {
        switch self {
        case .name: nil
        case .hour: row.hour.map { Double($0) }
        case .visitors: row.numbers.map { Double($0.visitors) }
        case .pageviews: row.numbers.map { Double($0.pageviews) }
        case .change: row.numbers?.change.map { Double($0) }
        case .refused: row.refusedShare
        }
    }
}
