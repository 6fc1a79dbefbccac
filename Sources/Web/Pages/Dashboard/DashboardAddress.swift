package import Analytics

/// The state of a dashboard, all of which is in its address.
package struct DashboardAddress: Sendable {
    /// A parameter with its value, decoded.
    package typealias Parameter = (name: String, value: String)

    package let site: SiteName
    /// The parameters of the period: `period` and `date`, or `from` and `to`.
    package var period: [Parameter] = []
    /// The parameters that all links keep: `tz` and `segment`.
    package var kept: [Parameter] = []
    package var filters: [DashboardFilter] = []
    /// The tabs that are shown in the place of the first ones.
    package var tabs: [DashboardCard: DashboardTab] = [:]

    /// The state of an address without parameters.
    package init(_ site: SiteName) { self.site = site }

    /// The tab of a card that is shown.
    package func tab(of card: DashboardCard) -> DashboardTab? { tabs[card] ?? card.tabs.first }

    /// The period of the menu that is shown; nil for one of a date or between dates.
    var menuPeriod: DashboardPeriod? {
        guard !period.contains(where: { $0.name != "period" }) else { return nil }
        return period.last.map { DashboardPeriod(rawValue: $0.value) } ?? .standard
    }

    func showing(_ period: DashboardPeriod) -> DashboardAddress {
        changed { $0.period = period == .standard ? [] : [("period", period.rawValue)] }
    }

    func showing(_ tab: DashboardTab) -> DashboardAddress {
        changed { $0.tabs[tab.card] = tab == tab.card.tabs.first ? nil : tab }
    }

    /// The state with another filter, or the same where it has that filter.
    func adding(_ filter: DashboardFilter) -> DashboardAddress {
        filters.contains(filter) ? self : changed { $0.filters.append(filter) }
    }

    func removing(_ filter: DashboardFilter) -> DashboardAddress {
        changed { $0.filters.removeAll { $0 == filter } }
    }

    /// The state without filters and segments.
    var unfiltered: DashboardAddress {
        changed { address in
            address.filters = []
            address.kept.removeAll { $0.name == "segment" }
        }
    }

    /// True with a filter or a segment.
    package var isFiltered: Bool { !filters.isEmpty || kept.contains { $0.name == "segment" } }

    /// The address.
    func link(_ links: Links) -> Link {
        var link = links.site(site)
        for parameter in period + kept { link = link.with(parameter.name, parameter.value) }
        for filter in filters { link = link.with("filter", encoded: filter.encoded) }
        for card in DashboardCard.allCases { link = link.with(card.rawValue, tabs[card]?.rawValue) }
        return link
    }

    private func changed(_ change: (inout DashboardAddress) -> Void) -> DashboardAddress {
        var address = self
        change(&address)
        return address
    }
}
