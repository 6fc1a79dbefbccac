package import Analytics

/// A part of the navigation of a site; the raw value is the segment of its path behind the name of the site.
package enum SiteArea: String, Sendable, CaseIterable {
    case dashboard = ""
    case hour, realtime, visits
    /// The funnel is the first of its pages.
    case journeys = "funnel"
    case sql, refused, settings

    /// The key that leads to it behind `g`.
    var key: String {
        switch self {
        case .dashboard: "d"
        case .hour: "h"
        case .realtime: "r"
        case .visits: "n"
        case .journeys: "f"
        case .sql: "q"
        case .refused: "j"
        case .settings: ","
        }
    }

    /// The role that its page needs; nil for one that everybody sees where the site is public.
    package var need: Role? {
        switch self {
        case .dashboard, .journeys: nil
        case .hour, .realtime, .visits, .sql: .viewer
        case .refused, .settings: .member
        }
    }

    package var title: String {
        switch self {
        case .dashboard: "Dashboard"
        case .hour: "Hour"
        case .realtime: "Realtime"
        case .visits: "Visits"
        case .journeys: "Journeys"
        case .sql: "SQL"
        case .refused: "Refused"
        case .settings: "Settings"
        }
    }
}
