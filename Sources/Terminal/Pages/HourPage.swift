/// The sections about the hour of a site that ends at each moment.
struct HourPage {
    let figures: SiteFigures
    let look: Look
    /// The time that is asked for, which may not be answered yet.
    let span: HourSpan

    /// The sections for the left and for the right.
    var sections: Sections {
        (
            [
                chart("people in the hour", live: figures.counts?.hour?.unique_users, \.unique_users, lines: state),
                chart("clicks", live: figures.counts?.hour?.clicks, \.clicks),
                chart("impressions", live: figures.counts?.hour?.impressions, \.impressions),
            ],
            [minutes]
        )
    }

    /// The hits of a minute that are known, the latest first.
    ///
    /// - Parameter minute: The start of the minute, as the server tells it.
    /// - Returns: The section.
    func hits(of minute: String) -> Section {
        // `2026-01-05T09:00`
        let lines = figures.hits.filter { $0.time.prefix(16) == minute.prefix(16) }.map(\.line)
        let none = figures.site.key == nil ? "a read key shows them" : "none of the last 200 hits"
        return Section(title: "hits of \(minute.clock) UTC", value: lines.isEmpty ? none : "", lines: lines)
    }

    private func chart(
        _ title: String,
        live: Int?,
        _ figure: (HourAnswer.Count) -> Int,
        lines: [Section.Line] = []
    ) -> Section {
        let values = (figures.hours?.counts ?? []).map { Double(figure($0)) }
        return Section(
            title: "\(title), \(span.title)",
            value: FigureText.number(live.map(Double.init) ?? values.last),
            chart: stretched(values),
            lines: lines
        )
    }

    /// The ends of the hours, and the reason for which figures are missing.
    private var state: [Section.Line] {
        var lines: [Section.Line] = []
        if let hours = figures.hours, hours.span == span {
            let most = hours.counts.map(\.unique_users).max().map(Double.init)
            let least = hours.counts.map(\.unique_users).min().map(Double.init)
            lines.append(
                .figures(
                    ("most", FigureText.number(most)),
                    ("least", FigureText.number(least)),
                    ("hours", FigureText.number(Double(hours.counts.count)))
                )
            )
        } else {
            lines.append([Section.Piece(text: "asking for \(span.title)", tone: .faint)])
        }
        for trouble in [figures.hours?.trouble, figures.trouble].compactMap(\.self) {
            lines.append([Section.Piece(text: trouble, tone: .warning)])
        }
        return lines
    }

    /// The minutes of the last half hour, the latest first.
    private var minutes: Section {
        let minutes = (figures.counts?.minutes ?? []).reversed()
        let most = Double(minutes.map(\.visitors).max() ?? 0)
        let lines = minutes.map { minute -> Section.Line in
            let visitors = Double(minute.visitors)
            return [
                Section.Piece(text: "\(minute.at.clock) ", tone: .faint),
                Section.Piece(text: look.bar(most > 0 ? visitors / most : 0, 8), tone: .accent),
                Section.Piece(text: " \(FigureText.number(visitors).fitted(7, isRight: true)) visitors"),
                Section.Piece(
                    text: " \(FigureText.number(Double(minute.pageviews)).fitted(7, isRight: true)) page views"
                ),
            ]
        }
        return Section(
            title: "minutes, UTC",
            value: lines.isEmpty ? "waiting for the live figures" : "",
            lines: lines,
            targets: minutes.map { .minute($0.at) }
        )
    }

    /// The values, each wide enough to be seen.
    private func stretched(_ values: [Double]) -> [Double] {
        values.flatMap { Array(repeating: $0, count: look.isUnicode ? 2 : 1) }
    }
}
