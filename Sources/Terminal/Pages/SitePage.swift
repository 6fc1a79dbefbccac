/// The sections about a site.
struct SitePage {
    /// The entries of a list that are shown.
    private static let shownEntries = 6

    let figures: SiteFigures
    let look: Look
    /// The lines for hits.
    let hitLines: Int

    /// The sections for the left and for the right.
    var sections: (left: [Section], right: [Section]) {
        guard figures.counts != nil || !figures.hits.isEmpty else { return ([waiting], []) }
        return ([visitors, pageviews] + hour, figures.lists.map(list) + [hits])
    }

    private var waiting: Section {
        Section(
            title: figures.site.title,
            lines: [[Section.Piece(text: figures.trouble ?? "waiting for the live figures", tone: .warning)]]
        )
    }

    private var visitors: Section {
        let minutes = figures.counts?.minutes.map { Double($0.visitors) } ?? []
        var lines: [Section.Line] = [
            .figures(
                ("5 min", Self.count(figures.counts?.visitors_5m)),
                ("30 min", Self.count(figures.counts?.visitors_30m))
            )
        ]
        if let trouble = figures.trouble { lines.append([Section.Piece(text: trouble, tone: .warning)]) }
        return Section(
            title: "visitors now, by the minute",
            value: Self.count(figures.counts?.visitors_5m),
            chart: stretched(minutes),
            lines: lines
        )
    }

    private var pageviews: Section {
        let minutes = figures.counts?.minutes.map { Double($0.pageviews) } ?? []
        return Section(
            title: "page views, by the minute",
            value: FigureText.number(minutes.reduce(0, +)),
            chart: stretched(minutes),
            lines: []
        )
    }

    /// The counts of the hour; no section for a link with filters, which has none.
    private var hour: [Section] {
        guard let hour = figures.counts?.hour, let at = figures.counts?.at else { return [] }
        let time = at.split(separator: "T").last?.prefix(8) ?? ""
        return [
            Section(
                title: "the hour to \(time) UTC",
                value: "\(Self.count(hour.unique_users)) users",
                lines: [.figures(("clicks", Self.count(hour.clicks)), ("impressions", Self.count(hour.impressions)))]
            )
        ]
    }

    private func list(_ list: TopList) -> Section {
        let entries = list.entries.prefix(Self.shownEntries)
        let most = Double(entries.map(\.visitors).max() ?? 0)
        let lines = entries.map { entry -> Section.Line in
            [
                Section.Piece(text: look.bar(most > 0 ? Double(entry.visitors) / most : 0, 8), tone: .accent),
                Section.Piece(text: " \(Self.count(entry.visitors).fitted(7, isRight: true))  "),
                Section.Piece(text: entry.name.shown),
            ]
        }
        return Section(title: list.title, value: lines.isEmpty ? "none" : "visitors", lines: lines)
    }

    private var hits: Section {
        let lines = figures.hits.prefix(hitLines).map { hit -> Section.Line in
            let time = hit.time.split(separator: "T").last?.prefix(8) ?? ""
            let rest = [hit.country, hit.browser, hit.source].compactMap(\.self).joined(separator: "  ").shown
            return [
                Section.Piece(text: "\(time) ", tone: .faint),
                Section.Piece(text: hit.name.shown.fitted(12) + " ", tone: hit.name == "pageview" ? .normal : .strong),
                Section.Piece(text: (hit.path ?? "").shown.fitted(24) + " "),
                Section.Piece(text: rest, tone: .faint),
            ]
        }
        let none = figures.site.key == nil ? "a read key shows them" : "none yet"
        return Section(title: "hits as they come", value: lines.isEmpty ? none : "", lines: Array(lines))
    }

    /// The values of thirty minutes, each wide enough to be seen.
    private func stretched(_ minutes: [Double]) -> [Double] {
        minutes.flatMap { Array(repeating: $0, count: look.isUnicode ? 3 : 1) }
    }

    private static func count(_ value: Int?) -> String { FigureText.number(value.map(Double.init)) }
}
