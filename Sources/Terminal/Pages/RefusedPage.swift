import Analytics

/// The sections about what was refused, by the server and of a site.
struct RefusedPage {
    /// The most hits that are shown.
    private static let mostHits = 100

    let server: ServerPage?
    /// The site; nil if none is watched.
    let site: SiteFigures?
    let look: Look
    let order: ViewOrder

    /// The sections for the left and for the right.
    var sections: Sections { ((server.map { [reasons($0)] } ?? []) + trimmed, [ledger] + hits) }

    /// The remedy for a reason.
    ///
    /// - Parameters:
    ///   - reason: The reason.
    ///   - width: The columns of a line.
    /// - Returns: The section.
    static func remedy(for reason: String, width: Int) -> Section {
        Section(
            title: reason,
            value: "remedy",
            lines: Remedy.text(for: reason).wrapped(width).map { [Section.Piece(text: $0)] }
        )
    }

    private func reasons(_ page: ServerPage) -> Section {
        let refused = order.sorted(page.figures.refused.filter { $0.count > 0 }, name: \.reason, figure: \.count)
        let lines = refused.map { refused -> Section.Line in
            [
                Section.Piece(text: FigureText.number(refused.count).fitted(11, isRight: true)),
                Section.Piece(text: "\(FigureText.number(refused.rate).fitted(8, isRight: true))/s  ", tone: .faint),
                Section.Piece(text: refused.reason.shown),
            ]
        }
        return Section(
            title: "refused by this server since its start",
            value: lines.isEmpty ? "nothing" : "\(FigureText.number(page.figures.allRefused))/s",
            chart: page.histories.refused.values,
            lines: lines,
            targets: refused.map { .reason($0.reason) }
        )
    }

    /// The fields of hits that were changed; no section without one.
    private var trimmed: [Section] {
        let fields = (server?.figures.trimmed ?? [:]).filter { $0.value > 0 }
        guard !fields.isEmpty else { return [] }
        let sorted = order.sorted(fields.sorted { $0.key < $1.key }, name: \.key, figure: \.value)
        let lines = sorted.map { field, count -> Section.Line in
            [
                Section.Piece(text: FigureText.number(count).fitted(11, isRight: true) + "  "),
                Section.Piece(text: field.shown),
            ]
        }
        return [
            Section(title: "fields of hits that were cut or left out", lines: lines, targets: sorted.map { _ in .fact })
        ]
    }

    /// The reasons of the site for seven days.
    private var ledger: Section {
        guard let site else {
            return Section(title: "refused hits of a site", value: "start with --site NAME and --key KEY", lines: [])
        }
        let title = "hits of \(site.site.title) in seven days"
        guard let answer = site.refusals else { return Section(title: title, value: "asking", lines: []) }
        let reasons = order.sorted(answer.reasons, name: \.reason, figure: { Double($0.count) })
        var lines = reasons.map { reason, count -> Section.Line in
            [
                Section.Piece(text: FigureText.number(Double(count)).fitted(11, isRight: true) + "  "),
                Section.Piece(text: reason.shown),
            ]
        }
        var targets: [RowTarget] = reasons.map { .reason($0.reason) }
        if let trouble = answer.trouble {
            lines.append([Section.Piece(text: trouble, tone: .warning)])
            targets.append(.fact)
        }
        let hours = answer.hours.map { Double($0.count) }
        return Section(
            title: title,
            value: lines.isEmpty ? "none refused" : "",
            chart: hours.isEmpty ? nil : hours,
            lines: lines,
            targets: targets
        )
    }

    /// The last refused hits of the site; no section without one.
    private var hits: [Section] {
        guard let hits = site?.refusals?.hits.prefix(Self.mostHits), !hits.isEmpty else { return [] }
        let lines = hits.map { hit -> Section.Line in
            let page = [hit.hit.host, hit.hit.path].compactMap(\.self).joined()
            return [
                Section.Piece(text: "\(hit.time.clock) ", tone: .faint),
                Section.Piece(text: (hit.hit.name ?? "").shown.fitted(10) + " "),
                Section.Piece(text: page.shown.fitted(24) + " "),
                Section.Piece(text: hit.reason.shown, tone: .faint),
            ]
        }
        return [Section(title: "the last of them", lines: lines, targets: hits.map { .reason($0.reason) })]
    }
}
