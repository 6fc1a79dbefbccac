/// A card of a dashboard with a list; the raw value is the parameter that chooses one of its tabs.
package enum DashboardCard: String, Sendable, CaseIterable {
    case pages, sources, locations, devices, events

    var title: String {
        switch self {
        case .pages: "Pages"
        case .sources: "Sources"
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
    case top, entry, exit
    case channel, source, campaign
    case country, region, city
    case browser, system, device
    case name

    package var card: DashboardCard {
        switch self {
        case .top, .entry, .exit: .pages
        case .channel, .source, .campaign: .sources
        case .country, .region, .city: .locations
        case .browser, .system, .device: .devices
        case .name: .events
        }
    }

    /// The field by which its rows go, as filters name it.
    package var field: String {
        switch self {
        case .top: "page"
        case .system: "os"
        case .name: "event"
        default: rawValue
        }
    }

    var title: String {
        switch self {
        case .top: "Top"
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
        default: title
        }
    }
}
