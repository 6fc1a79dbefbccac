/// A period in the menu of a dashboard; the raw value is that of the parameter `period`.
enum DashboardPeriod: String, Sendable, CaseIterable {
    case today = "day"
    case yesterday
    case week = "7d"
    case fourWeeks = "28d"
    case days = "30d"
    case month
    case lastMonth = "lastmonth"
    case year = "12mo"
    case all

    /// The period of an address without the parameter, as that of `GET /api/v1/stats`.
    static let standard = days

    /// The key that chooses it.
    var key: String {
        switch self {
        case .today: "d"
        case .yesterday: "e"
        case .week: "w"
        case .fourWeeks: "f"
        case .days: "t"
        case .month: "m"
        case .lastMonth: "p"
        case .year: "l"
        case .all: "a"
        }
    }

    var title: String {
        switch self {
        case .today: "Today"
        case .yesterday: "Yesterday"
        case .week: "7 days"
        case .fourWeeks: "28 days"
        case .days: "30 days"
        case .month: "Month"
        case .lastMonth: "Last month"
        case .year: "12 months"
        case .all: "All"
        }
    }
}
