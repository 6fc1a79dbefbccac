package import Analytics

/// A page about the hits that an address chooses, with the parameters that it alone has.
package enum DashboardView: Sendable, Hashable {
    case dashboard
    /// The single visits.
    case visits
    case funnel([FunnelStep], FunnelQuery.Window)
    /// The cohorts of a unit of time; nil for that which suits the period.
    case retention(TimeUnit?)
    /// The pages before and after a page; nil to choose one.
    case paths(String?)
    /// The report about a page; nil to choose one.
    case page(String?)
    /// The report about an event; nil to choose one.
    case event(String?)

    /// The segment of its path behind the name of the site; nil for the dashboard.
    var segment: String? {
        switch self {
        case .dashboard: nil
        case .visits: "visits"
        case .funnel: "funnel"
        case .retention: "retention"
        case .paths: "paths"
        case .page: "page"
        case .event: "event"
        }
    }

    var parameters: [DashboardAddress.Parameter] {
        switch self {
        case .dashboard, .visits: []
        case .funnel(let steps, let window):
            steps.map { ("step", $0.text) } + (window == .visit ? [] : [("within", window.text)])
        case .retention(let unit): unit.map { [("unit", $0.rawValue)] } ?? []
        case .paths(let page), .page(let page): page.map { [("page", $0)] } ?? []
        case .event(let event): event.map { [("event", $0)] } ?? []
        }
    }

    /// The filter that takes the hits of a report; nil for a page about all of them.
    package var subject: DashboardFilter? {
        switch self {
        case .dashboard, .visits, .funnel, .retention, .paths: nil
        case .page(let page): page.map { DashboardFilter("page", "==", [$0]) }
        case .event(let event): event.map { DashboardFilter("event", "==", [$0]) }
        }
    }

    /// True with a chart, a comparison and cards, whose state is in the address too.
    var hasCharts: Bool {
        switch self {
        case .dashboard, .page, .event: true
        case .visits, .funnel, .retention, .paths: false
        }
    }

    /// The numbers of its tiles.
    package var metrics: [Metric] {
        switch self {
        case .page: [.visitors, .visits, .pageviews, .bounceRate, .timeOnPage, .scrollDepth]
        case .event: [.visitors, .events, .visits, .visitDuration]
        case .dashboard, .visits, .funnel, .retention, .paths:
            [.visitors, .visits, .pageviews, .clicks, .impressions, .viewsPerVisit, .bounceRate, .visitDuration]
        }
    }

    /// The cards with lists that it shows.
    package var cards: [DashboardCard] {
        switch self {
        case .page: [.sources, .campaigns, .locations, .events, .devices]
        case .event: [.pages, .sources, .locations, .devices]
        case .dashboard, .visits, .funnel, .retention, .paths: DashboardCard.allCases
        }
    }
}
