package import Analytics

/// The time that the list of all sites is about; the raw value is that of the parameter `period`.
package enum SitesPeriod: String, Sendable, CaseIterable {
    case today = "day"
    case yesterday
    /// Today and the six days before, which an address without the parameter asks for.
    case recent = ""
    case week = "7d"
    case days = "30d"
    case month
    case lastMonth = "lastmonth"

    /// The range as the API names it; nil for that up to today.
    package var range: DateRange? { DateRange(name: rawValue) }

    /// The number of days before today with which that up to today begins.
    package static let recentDays = 6

    /// The unit of the line of visitors.
    package var unit: DashboardSeries.Unit { self == .today || self == .yesterday ? .hour : .day }

    var title: String {
        switch self {
        case .today: "Today"
        case .yesterday: "Yesterday"
        case .recent: "7 days to today"
        case .week: "7 whole days"
        case .days: "30 days"
        case .month: "Month"
        case .lastMonth: "Last month"
        }
    }

    /// The time with which it is compared.
    var before: String {
        switch self {
        case .today, .yesterday: "the day before"
        case .recent, .week: "the 7 days before"
        case .days: "the 30 days before"
        case .month, .lastMonth: "as many days before"
        }
    }

    /// The time of the page of refused hits that has all of it.
    var refused: RefusedSpan {
        switch self {
        case .today: .day
        case .yesterday, .recent: .week
        case .week: .month
        case .days, .month, .lastMonth: .quarter
        }
    }
}
