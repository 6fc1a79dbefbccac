package import Analytics

extension ReasonsPage {
    /// The rows of a panel beside the number of all its hits.
    package struct Rows: Sendable {
        let field: DashboardSource.Field
        /// The values that are shown, with their numbers.
        let shown: [(value: String, number: Report.Value)]
        /// The number of rows that there are.
        let total: Int
        /// The sum of all rows; nil for a number that does not add up, and for more rows than are read.
        let sum: Int?

        /// - Parameters:
        ///   - field: The field of the rows.
        ///   - shown: The values that are shown, with their numbers.
        ///   - total: The number of rows that there are.
        ///   - sum: The sum of all rows; nil for a number that does not add up, and for more rows than are read.
        package init(
            by field: DashboardSource.Field,
            shown: [(value: String, number: Report.Value)],
            total: Int,
            sum: Int?
        ) {
            self.field = field
            self.shown = shown
            self.total = total
            self.sum = sum
        }
    }

    /// The rows with what they add up to; nil for one number.
    var table: HTML? {
        guard let rows = facts.rows else { return nil }
        let columns = [Table.Column(rows.field.column), Table.Column(MetricText.title(source.metric), isNumber: true)]
        let cells: [[HTML]] = rows.shown.map { value, number in
            [.name(rows.field.text(value)), "\(MetricText.text(number, of: source.metric))"]
        }
        let content: HTML =
            cells.isEmpty
            ? EmptyState("Nothing here", "No hit of this time has a value here.").html
            : Table(title, columns: columns, rows: cells).html
        let rest: HTML? =
            rows.total > rows.shown.count
            ? "<p class=\"hint\">The first \(Figure(rows.shown.count)) of \(Figure(rows.total)) rows.</p>" : nil
        return Card(
            title: "The rows",
            content: "\(content)<div class=\"body\">\(rest)<p>\(overlap(rows))</p></div>"
        ).html
    }

    private func overlap(_ rows: Rows) -> HTML {
        guard case .count(let whole)? = facts.value, source.metric.isCounted else {
            return "A rate or a mean of rows does not add up: that of all is told above."
        }
        guard let sum = rows.sum else { return "There are more rows than are added up here." }
        let noun = MetricText.title(source.metric).lowercased()
        let start: HTML = "All rows add up to <strong>\(Figure(sum))</strong>, and"
        let all: HTML = "\(noun) are <strong>\(Figure(whole))</strong>"
        if sum == whole { return "\(start) \(all): nothing counts in two rows." }
        if sum < whole { return "\(start) \(all): what has no value here counts in no row." }
        return "\(start) \(all): who has several values here counts in each of their rows."
    }
}

extension Metric {
    /// True for a number whose rows can be added up.
    package var isCounted: Bool {
        switch self {
        case .visitors, .visits, .pageviews, .events, .clicks, .impressions: true
        default: false
        }
    }
}
