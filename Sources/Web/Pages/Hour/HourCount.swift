import Analytics

/// A count of the sliding hour; the raw value is its name in the answers of the API.
package enum HourCount: String, Sendable, CaseIterable {
    case users = "unique_users"
    case clicks, impressions

    var title: String {
        switch self {
        case .users: "Unique users"
        case .clicks: "Clicks"
        case .impressions: "Impressions"
        }
    }

    func number(in report: HourReport) -> Int {
        switch self {
        case .users: report.uniqueUsers
        case .clicks: report.clicks
        case .impressions: report.impressions
        }
    }
}
