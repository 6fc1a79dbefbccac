/// The sections about a site.
struct SitePage {
    /// The entries of a list that are shown.
    private static let shownEntries = 6

    let figures: SiteFigures
    let look: Look
    /// The lines for hits.
    let hitLines: Int
    let order: ViewOrder
    /// The question that is asked, which may not be answered yet.
    let question: SiteQuestion

    /// The sections for the left and for the right.
    var sections: (left: [Section], right: [Section]) {
        let asked = totals + (figures.answer?.lists ?? []).map(list)
        guard figures.counts != nil || !figures.hits.isEmpty else { return ([waiting], asked) }
        return ([visitors, pageviews] + hour, asked + [hits])
    }

    /// The numbers of the period, with the reason for which figures are missing.
    private var totals: [Section] {
        guard let answer = figures.answer else { return [] }
        var lines = answer.totals.map { total -> Section.Line in
            var line = [
                Section.Piece(text: total.name.replacing("_", with: " ").fitted(16), tone: .faint),
                Section.Piece(text: Self.text(total.value, of: total.name).fitted(12)),
            ]
            if answer.question.isComparing {
                let before = total.before.map { Self.text($0, of: total.name) } ?? FigureText.none
                line.append(Section.Piece(text: "before \(before)   ", tone: .faint))
                line.append(Section.Piece(text: Self.change(total)))
            }
            return line
        }
        if let trouble = answer.trouble { lines.append([Section.Piece(text: trouble, tone: .warning)]) }
        let wait = answer.question == question ? "" : "asking for \(question.period.title)"
        return [Section(title: "totals, \(answer.question.title)", value: wait, lines: lines)]
    }

    private static func text(_ value: Double, of metric: String) -> String {
        switch metric {
        case "bounce_rate": "\(FigureText.number(value)) %"
        case "visit_duration": FigureText.age(value)
        default: FigureText.number(value)
        }
    }

    private static func change(_ total: SiteAnswer.Total) -> String {
        guard let change = total.change else { return "" }
        let sign = change > 0 ? "+" : ""
        return "\(sign)\(FigureText.number(change)) \(total.name == "bounce_rate" ? "points" : "%")"
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
        let entries = order.sorted(list.entries, name: \.name, figure: { Double($0.visitors) })
            .prefix(Self.shownEntries)
        let most = Double(entries.map(\.visitors).max() ?? 0)
        let lines = entries.map { entry -> Section.Line in
            [
                Section.Piece(text: look.bar(most > 0 ? Double(entry.visitors) / most : 0, 8), tone: .accent),
                Section.Piece(text: " \(Self.count(entry.visitors).fitted(7, isRight: true))  "),
                Section.Piece(text: entry.name.shown),
            ]
        }
        return Section(
            title: list.title,
            value: lines.isEmpty ? "none" : "visitors, \(order.title)",
            lines: lines,
            targets: entries.map { entry in
                SiteFilter.text(list.field, is: entry.name).map(RowTarget.filter) ?? .fact
            }
        )
    }

    private var hits: Section {
        let lines = figures.hits.prefix(hitLines).map(\.line)
        let none = figures.site.key == nil ? "a read key shows them" : "none yet"
        return Section(title: "hits as they come", value: lines.isEmpty ? none : "", lines: lines)
    }

    /// The values of thirty minutes, each wide enough to be seen.
    private func stretched(_ minutes: [Double]) -> [Double] {
        minutes.flatMap { Array(repeating: $0, count: look.isUnicode ? 3 : 1) }
    }

    private static func count(_ value: Int?) -> String { FigureText.number(value.map(Double.init)) }
}
