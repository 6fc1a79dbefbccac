package import Analytics

/// A card of a dashboard with a list; the raw value is the parameter that chooses one of its tabs.
///
/// Their order is that of all screens: of narrow ones, on which one is below the other, the last is seen least.
package enum DashboardCard: String, Sendable, CaseIterable {
    case pages, sources, campaigns, locations, events, devices

    var title: String {
        switch self {
        case .pages: "Pages"
        case .sources: "Sources"
        case .campaigns: "Campaigns"
        case .locations: "Locations"
        case .devices: "Devices"
        case .events: "Events"
        }
    }

    /// The tabs, of which the first is shown by default.
    package var tabs: [DashboardTab] { DashboardTab.allCases.filter { $0.card == self } }
}

/// A list in a card of a dashboard; the raw value is that of the parameter of its card.
package enum DashboardTab: String, Sendable, CaseIterable {
    case top, entry, exit, title
    case channel, source, referrer
    case campaign, medium, content, term
    case country, region, city, language
    case browser, system, device, size
    case name, goal

    package var card: DashboardCard {
        switch self {
        case .top, .entry, .exit, .title: .pages
        case .channel, .source, .referrer: .sources
        case .campaign, .medium, .content, .term: .campaigns
        case .country, .region, .city, .language: .locations
        case .browser, .system, .device, .size: .devices
        case .name, .goal: .events
        }
    }

    /// The field by which its rows go, as filters name it.
    package var field: String {
        switch self {
        case .top: "page"
        case .system: "os"
        case .name: "event"
        case .content: "visit:utm_content"
        case .term: "visit:utm_term"
        default: rawValue
        }
    }

    /// The heading of the tab.
    var heading: String {
        switch self {
        case .top: "Top"
        case .size: "Screen"
        case .goal: "Goals"
        case .system: "System"
        default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        }
    }

    /// The heading of the column with the names.
    var column: String {
        switch self {
        case .top: "Page"
        case .entry: "Entry page"
        case .exit: "Exit page"
        case .system: "Operating system"
        case .name: "Event"
        case .size: "Screen"
        case .goal: "Goal"
        default: heading
        }
    }

    /// The number beside the visitors of a row.
    package var rate: Metric { self == .goal ? .conversionRate : .percentage }

    /// The most rows that are read for a card, and so are added up.
    package static let read = 1_000
    /// The most rows that a map shows: there are fewer countries.
    package static let mapped = 300
    /// The rows that its card shows.
    package static let shown = 9

    /// The name of a value that is shown.
    func name(of value: String) -> String { self == .country ? CountryNames.name(of: value) ?? value : value }

    /// The report about a value of the list; nil if there is none.
    func report(about value: String) -> DashboardView? {
        switch self {
        case .top, .entry, .exit: value == Dimension.hit(.page).blank ? nil : .page(value)
        case .name: .event(value)
        default: nil
        }
    }
}
