package import Analytics

/// The state of a dashboard, all of which is in its address.
package struct DashboardAddress: Sendable {
    /// A parameter with its value, decoded.
    package typealias Parameter = (name: String, value: String)

    package let site: SiteName
    /// The text of the share link by which the site is seen; nil for its own page.
    package let share: String?
    /// True if the share link has a password, so that the API does not take it.
    package var isLocked = false
    /// The page that it is the address of.
    package var view = DashboardView.dashboard
    /// The parameters of the period: `period` and `date`, or `from` and `to`.
    package var period: [Parameter] = []
    /// The parameters that all links keep: `tz` and `segment`.
    package var kept: [Parameter] = []
    package var filters: [DashboardFilter] = []
    /// The tabs that are shown in the place of the first ones.
    package var tabs: [DashboardCard: DashboardTab] = [:]
    /// The number that the chart shows.
    package var metric = DashboardSeries.standardMetric
    /// The time with which the period is compared.
    package var comparison = DashboardComparison.previous
    /// The first and the last date of a comparison with other dates.
    package var comparedDates: (first: String, last: String)?
    /// True if the time with which the period is compared begins on the same day of the week.
    package var isAligned = false
    /// The length of the parts of the chart; nil for that which suits the period.
    package var bucket: DashboardSeries.Unit?
    /// The parameters that no page knows, which its links keep all the same.
    package var unknown: [Parameter] = []

    /// The state of an address without parameters.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - share: The text of the share link by which it is seen; nil for its own page.
    package init(_ site: SiteName, share: String? = nil) {
        self.site = site
        self.share = share
    }

    /// The tab of a card that is shown.
    package func tab(of card: DashboardCard) -> DashboardTab? { tabs[card] ?? card.tabs.first }

    /// The period of the menu that is shown; nil for one of a date or between dates.
    var menuPeriod: DashboardPeriod? {
        guard !period.contains(where: { $0.name != "period" }) else { return nil }
        return period.last.map { DashboardPeriod(rawValue: $0.value) } ?? .standard
    }

    func showing(_ period: DashboardPeriod) -> DashboardAddress {
        showing(period: period == .standard ? [] : [("period", period.rawValue)])
    }

    /// The state with another period, whose chart has the parts that suit it.
    func showing(period: [Parameter]) -> DashboardAddress {
        changed { ($0.period, $0.bucket) = (period, nil) }
    }

    /// The state with the dates of a time zone; nil for that of the site.
    package func showing(zone: String?) -> DashboardAddress {
        changed { address in
            address.kept.removeAll { $0.name == "tz" }
            if let zone { address.kept.append(("tz", zone)) }
        }
    }

    /// The state with machines among the visitors, or without them.
    func counting(bots: Bool) -> DashboardAddress {
        changed { address in
            address.kept.removeAll { $0.name == "bots" }
            if bots { address.kept.append(("bots", "true")) }
        }
    }

    /// True if machines are among the visitors.
    var countsBots: Bool { kept.contains { $0.name == "bots" && $0.value == "true" } }

    func showing(_ bucket: DashboardSeries.Unit) -> DashboardAddress { changed { $0.bucket = bucket } }

    /// The state that is compared with other dates, both of which are part of them.
    package func comparing(from first: String, to last: String) -> DashboardAddress {
        changed { ($0.comparison, $0.comparedDates) = (.custom, (first, last)) }
    }

    func aligned(_ isAligned: Bool) -> DashboardAddress { changed { $0.isAligned = isAligned } }

    func showing(_ tab: DashboardTab) -> DashboardAddress {
        changed { $0.tabs[tab.card] = tab == tab.card.tabs.first ? nil : tab }
    }

    func showing(_ metric: Metric) -> DashboardAddress { changed { $0.metric = metric } }

    func showing(_ comparison: DashboardComparison) -> DashboardAddress { changed { $0.comparison = comparison } }

    /// The same question on another page.
    package func showing(_ view: DashboardView) -> DashboardAddress { changed { $0.view = view } }

    /// The state with a period between dates, both of which are part of it.
    package func showing(from first: String, to last: String) -> DashboardAddress {
        showing(period: [("from", first), ("to", last)])
    }

    /// The state with a part of a series as its period: an hour, a day, a week or a month; the visits of a minute.
    ///
    /// - Parameters:
    ///   - part: The part.
    ///   - unit: Its length.
    /// - Returns: The state; nil where there is nothing more of it to be seen.
    func showing(_ part: DashboardSeries.Part, _ unit: DashboardSeries.Unit) -> DashboardAddress? {
        switch unit {
        case .minute: visits(of: part)
        case .hour:
            CivilMinute(part.label).flatMap { start in
                start.adding(59).map { showing(from: start.text, to: $0.text) }
            }
        case .day, .week, .month: showing(period: [("period", unit.rawValue), ("date", part.date)])
        }
    }

    /// The visits of a minute; nil for whom single ones are not shown to.
    private func visits(of part: DashboardSeries.Part) -> DashboardAddress? {
        guard share == nil, let minute = CivilMinute(part.label)?.text else { return nil }
        let all = view.subject.map(adding) ?? self
        return all.showing(from: minute, to: minute).showing(DashboardView.visits)
    }

    /// The state with a segment, or without it where it has that segment.
    func toggling(segment id: String) -> DashboardAddress {
        changed { address in
            let isThere = address.kept.contains { $0.name == "segment" && $0.value == id }
            address.kept.removeAll { $0.name == "segment" && $0.value == id }
            if !isThere { address.kept.append(("segment", id)) }
        }
    }

    /// The state with another filter, or the same where it has that filter.
    package func adding(_ filter: DashboardFilter) -> DashboardAddress {
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
    package func link(_ links: Links) -> Link { state(of: path(links)) }

    /// The address of the page of a visit, with the state of the list that it is in.
    package func visit(_ visit: VisitKey, _ links: Links) -> Link { state(of: links.visit(site, visit)) }

    /// An address with the whole state.
    private func state(of page: Link) -> Link {
        var link = question(page, filters)
        for parameter in view.parameters { link = link.with(parameter.name, parameter.value) }
        if view.hasCharts {
            link = compared(charted(link))
            for card in DashboardCard.allCases { link = link.with(card.rawValue, tabs[card]?.rawValue) }
        }
        return unknown.reduce(link) { $0.with($1.name, $1.value) }
    }

    /// An address with what the chart shows.
    private func charted(_ link: Link) -> Link {
        let number = metric == DashboardSeries.standardMetric ? nil : metric.rawValue
        return link.with("metric", number).with("bucket", bucket?.rawValue)
    }

    /// An address with the time with which the period is compared.
    private func compared(_ link: Link) -> Link {
        link.with("compare", comparison == .standard ? nil : comparison.rawValue)
            .with("cfrom", comparison == .custom ? comparedDates?.first : nil)
            .with("cto", comparison == .custom ? comparedDates?.last : nil)
            .with("align", isAligned ? "weekday" : nil)
    }

    /// The address without its parameters, to which forms are sent.
    func path(_ links: Links) -> Link {
        if let share { return links.share(share) }
        return view.segment.map { links.site(site, $0) } ?? links.site(site)
    }

    /// The filters, and that of the report.
    private var allFilters: [DashboardFilter] {
        filters + [view.subject].compactMap { $0 }.filter { !filters.contains($0) }
    }

    /// The address of the whole list of a tab.
    package func list(_ tab: DashboardTab, _ links: Links) -> Link {
        question(share.map { links.share($0, list: tab.rawValue) } ?? links.list(site, tab.rawValue), allFilters)
    }

    /// The address of the page about how a number or the rows of a panel came about; nil for whoever has a share link,
    /// and sees no hits.
    func reasons(_ source: DashboardSource, _ links: Links) -> Link? {
        guard share == nil else { return nil }
        let link = question(links.reasons(site), allFilters)
        return link.with("metric", source.metric.rawValue).with("by", source.by?.name)
    }

    /// The address of the rows of a panel as a file.
    ///
    /// - Parameters:
    ///   - panel: The panel.
    ///   - format: The ending of its name.
    ///   - links: The addresses within the server.
    /// - Returns: The address, with the state as far as the rows depend on it.
    package func file(_ panel: DashboardPanel, _ format: DashboardFormat, _ links: Links) -> Link {
        let name = "\(panel.name).\(format.rawValue)"
        if case .list = panel {
            return question(share.map { links.share($0, list: name) } ?? links.list(site, name), allFilters)
        }
        let link = question(share.map { links.share($0, name) } ?? links.site(site, name), allFilters)
        return compared(panel == .series ? charted(link) : link)
    }

    /// The address of a panel of a share link as a page for frames.
    package func card(_ panel: DashboardPanel, _ links: Links) -> Link? {
        share.map { question(links.share($0, card: panel.name), allFilters) }
    }

    /// The same question to `GET /api/v1/stats`.
    ///
    /// - Parameters:
    ///   - metrics: The numbers.
    ///   - field: The field by which the rows go; nil for one row.
    ///   - format: The format of the answer.
    ///   - links: The addresses within the server.
    /// - Returns: The address.
    package func table(_ metrics: [Metric], by field: String?, _ format: String, _ links: Links) -> Link {
        let start = links.statistics.with("site", site.text).with("share", share)
        return question(start, allFilters).with("metrics", metrics.map(\.rawValue).joined(separator: ","))
            .with("by", field).with("format", format)
    }

    /// The question of the API that gives a number, or the rows of a panel.
    package func answer(_ source: DashboardSource, _ links: Links) -> Link {
        table([source.metric], by: source.by?.name, "json", links).with("limit", source.limit.map { "\($0)" })
    }

    /// An address with the period, filters and what all links keep.
    private func question(_ start: Link, _ filters: [DashboardFilter]) -> Link {
        var link = start
        for parameter in period + kept { link = link.with(parameter.name, parameter.value) }
        for filter in filters { link = link.with("filter", encoded: filter.encoded) }
        return link
    }

    private func changed(_ change: (inout DashboardAddress) -> Void) -> DashboardAddress {
        var address = self
        change(&address)
        return address
    }
}
