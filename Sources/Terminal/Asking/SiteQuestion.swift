/// The question that the lists and totals of a site answer.
struct SiteQuestion: Equatable, Sendable {
    /// A period of Plausible's Stats API v1, which ends today.
    enum Period: String, CaseIterable, Sendable {
        case day, week = "7d", month = "30d", year = "12mo"

        /// The name for people.
        var title: String {
            switch self {
            case .day: "today"
            case .week: "7 days"
            case .month: "30 days"
            case .year: "12 months"
            }
        }

        /// The next longer period; after the longest the shortest.
        var next: Period {
            let all = Self.allCases
            let place = all.firstIndex(of: self).map { $0 + 1 } ?? 0
            return place < all.count ? all[place] : .day
        }
    }

    var period = Period.day
    var filter: SiteFilter?
    /// True to compare the totals with those of the period before.
    var isComparing = false

    /// The period and the filter for people.
    var title: String { period.title + (filter.map { ", \($0.text)" } ?? "") }

    /// The parameters of a URL that name the period and the filter, each with `&` before it.
    var parameters: String {
        "&period=\(period.rawValue)" + (filter.map { "&filters=\(PercentEncoding.encoded($0.parameter))" } ?? "")
    }
}
