import Analytics

/// The cohorts as a table: their sizes, and the shares of them that come again in each later part of the period.
struct CohortGrid: Component {
    let cohorts: [RetentionReport.Cohort]
    let unit: TimeUnit

    /// The shades beside that of nothing.
    private static let shades = 5
    /// The most cohorts whose cells have counts too, for the size of the page.
    private static let mostWithCounts = 32

    static func title(of unit: TimeUnit) -> String {
        switch unit {
        case .day: "Days"
        case .week: "Weeks"
        case .weekFromSunday: "Weeks from Sunday"
        default: "Months"
        }
    }

    /// The unit in words.
    private var noun: String {
        switch unit {
        case .day: "Day"
        case .week, .weekFromSunday: "Week"
        default: "Month"
        }
    }

    private var hasCounts: Bool { cohorts.count <= Self.mostWithCounts }

    var html: HTML {
        let later = max(0, cohorts.count - 1)
        let heads: [HTML] = (0..<later).map { "<th scope=\"col\">\($0 + 1)</th>" }
        let text =
            hasCounts
            ? "Shares of the visitors in per cent, and their numbers, by the \(noun.lowercased())s after the first."
            : "Shares of the visitors in per cent, by the \(noun.lowercased())s after the first."
        return """
            <section class="card cohorts" id="cohorts">
            <div class="head"><h2>Visitors who come again</h2><p>\(text)</p></div>
            <div class="table" role="region" aria-label="Retention" tabindex="0"><table>
            <thead><tr><th scope="col">\(noun)</th><th scope="col" class="n">Visitors</th>\(heads)</tr></thead>
            <tbody>\(cohorts.map { row($0, later) })</tbody></table></div>
            </section>

            """
    }

    private func row(_ cohort: RetentionReport.Cohort, _ later: Int) -> HTML {
        let cells: [HTML] = cohort.returned.map { cell($0, of: cohort.visitors) }
        let missing = max(0, later - cohort.returned.count)
        let rest: HTML? = missing > 0 ? "<td colspan=\"\(missing)\"></td>" : nil
        return """
            <tr><th scope="row">\(name(of: cohort))</th><td class="n">\(Figure(cohort.visitors))</td>\
            \(cells)\(rest)</tr>

            """
    }

    private func name(of cohort: RetentionReport.Cohort) -> String {
        guard let date = DateText(cohort.label) else { return cohort.label }
        return unit == .month ? date.month : date.full
    }

    /// A cell, whose shade is the share: a fifth of the visitors each.
    private func cell(_ count: Int, of visitors: Int) -> HTML {
        guard visitors > 0 else { return "<td>–</td>" }
        let share = (Double(count) * 100 / Double(visitors)).text(decimals: hasCounts ? 1 : 0)
        let number: HTML? = hasCounts ? " <small>\(Figure(count))</small>" : nil
        guard count > 0 else { return "<td>\(share)\(number)</td>" }
        let shade = min(Self.shades, Int(Double(count) * Double(Self.shades) / Double(visitors)) + 1)
        return "<td class=\"s\(shade)\">\(share)\(number)</td>"
    }
}
