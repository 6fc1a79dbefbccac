/// A part of a dashboard that can stand alone: in a frame of another page, or as a file.
package enum DashboardPanel: Sendable, Hashable {
    /// The numbers of the whole period.
    case numbers
    /// The chart.
    case series
    /// The visitors by the hour of the week.
    case week
    case list(DashboardTab)

    /// All panels, each once.
    package static let all = [numbers, series, week] + DashboardTab.allCases.map { list($0) }

    /// The panel of a name; nil if there is none.
    package init?(named name: some StringProtocol) {
        guard let panel = Self.all.first(where: { $0.name == name }) else { return nil }
        self = panel
    }

    /// The name in addresses.
    package var name: String {
        switch self {
        case .numbers: "numbers"
        case .series: "series"
        case .week: "week"
        case .list(let tab): tab.rawValue
        }
    }

    /// The name for people.
    package var title: String {
        switch self {
        case .numbers: "Numbers"
        case .series: "Chart"
        case .week: "Week"
        case .list(let tab): "\(tab.card.title): \(tab.heading)"
        }
    }
}
