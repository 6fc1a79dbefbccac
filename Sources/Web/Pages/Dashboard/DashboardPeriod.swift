/// A period in the menu of a dashboard; the raw value is that of the parameter `period`.
enum DashboardPeriod: String, Sendable, CaseIterable {
    case today = "day"
    case yesterday
    case lastDay = "24h"
    case lastHour = "hour"
    case week = "7d"
    case fourWeeks = "28d"
    case days = "30d"
    case quarter = "91d"
    case thisWeek = "week"
    case month
    case lastMonth = "lastmonth"
    case halfYear = "6mo"
    case thisYear = "year"
    case year = "12mo"
    case lastYear = "lastyear"
    case all

    /// The period of an address without the parameter, as that of `GET /api/v1/stats`.
    static let standard = days

    /// The key that chooses it; nil for none.
    var key: String? {
        switch self {
        case .today: "d"
        case .yesterday: "e"
        case .week: "w"
        case .fourWeeks: "f"
        case .days: "t"
        case .quarter: "n"
        case .month: "m"
        case .lastMonth: "p"
        case .thisYear: "y"
        case .year: "l"
        case .all: "a"
        case .lastDay, .lastHour, .thisWeek, .halfYear, .lastYear: nil
        }
    }

    /// True for one that stands beside the menu of dates, and false for one in it.
    var isFrequent: Bool {
        switch self {
        case .today, .yesterday, .week, .fourWeeks, .days, .month, .lastMonth, .year, .all: true
        case .lastDay, .lastHour, .quarter, .thisWeek, .halfYear, .thisYear, .lastYear: false
        }
    }

    var title: String {
        switch self {
        case .today: "Today"
        case .yesterday: "Yesterday"
        case .lastDay: "24 hours"
        case .lastHour: "60 minutes"
        case .week: "7 days"
        case .fourWeeks: "28 days"
        case .days: "30 days"
        case .quarter: "91 days"
        case .thisWeek: "This week"
        case .month: "Month"
        case .lastMonth: "Last month"
        case .halfYear: "6 months"
        case .thisYear: "This year"
        case .year: "12 months"
        case .lastYear: "Last year"
        case .all: "All"
        }
    }
}
