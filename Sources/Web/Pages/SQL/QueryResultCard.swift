import Analytics

/// The answer to a question in SQL: its rows, how long it took, and whether that is all.
struct QueryResultCard: Component {
    /// The way to the same answer in another order.
    enum Sorting: Sendable {
        case links(@Sendable (_ sort: String) -> Link)
        /// Buttons that send the form with an id once more.
        case form(String)
    }

    /// The most bytes of rows that a page shows; the files have all of them.
    private static let mostBytes = 24_000
    /// The most rows that a chart shows: two years of days.
    private static let mostParts = 731

    let table: QueryTable
    let view: QueryTableView
    let sorting: Sorting
    /// The links to the same answer in other forms.
    var files: HTML?

    var html: HTML {
        let rows = view.rows(of: table)
        let shown = rows.prefix(Self.count(shown: rows))
        return """
            \(chart)<section class="card" id="query-answer">
            <div class="head"><h2>Answer</h2><p>\(summary(rows.count))</p></div>
            \(table.columns.isEmpty ? nil : list(shown).html)
            \(rows.count > shown.count ? "<p class=\"hint remark\">The first \(Figure(shown.count)) are shown.</p>" as HTML : nil)
            \(files.map { "<div class=\"foot\">\($0)</div>" as HTML })
            </section>
            """
    }

    /// The number of rows from the first one on that fit into a page, at least one.
    private static func count(shown rows: [[QueryTable.Value]]) -> Int {
        var bytes = 0
        let end = rows.firstIndex { row in
            bytes += row.reduce(0) { $0 + 32 + ($1.shown?.utf8.count ?? 16) }
            return bytes > mostBytes
        }
        return max(1, end ?? rows.count)
    }

    private func summary(_ count: Int) -> HTML {
        let milliseconds = Int(table.duration / .milliseconds(1))
        let found: HTML = count < table.rows.count ? "\(Figure(count)) of " : ""
        let rows: HTML = "\(found)\(Figure(table.rows.count)) \(table.rows.count == 1 ? "row" : "rows")"
        let limit: HTML = table.isTruncated ? "; there are more, which the limit of an answer leaves out" : ""
        return "\(rows) in \(Figure(milliseconds)) ms\(limit)."
    }

    private func list(_ rows: ArraySlice<[QueryTable.Value]>) -> Table {
        let columns = table.columns.enumerated().map { index, column in
            var head = Table.Column(column.name, isNumber: column.kind == .number)
            let isFirst = view.column == index
            let sort = QueryTableView.sort(index, isDescending: isFirst && !view.isDescending)
            switch sorting {
            case .links(let link): head.link = link(sort)
            case .form(let form): head.button = Table.HeadButton(form: form, name: "sort", value: sort)
            }
            head.order = isFirst ? (view.isDescending ? "descending" : "ascending") : nil
            return head
        }
        return Table("Answer", columns: columns, rows: rows.map { $0.map(cell) })
    }

    private func cell(_ value: QueryTable.Value) -> HTML {
        value.shown.map { .name($0) } ?? "<span class=\"hint\">NULL</span>"
    }

    /// The line of the first numbers over the times in the first column.
    private var chart: HTML? {
        guard let first = table.columns.first, first.kind == .time || first.kind == .date,
            2...Self.mostParts ~= table.rows.count,
            let column = table.columns.indices.dropFirst().first(where: { table.columns[$0].kind == .number })
        else { return nil }
        var parts: [DashboardSeries.Part] = []
        for row in table.rows {
            guard let label = row[0].shown, case .number(let digits) = row[column], let number = Double(digits),
                0...1e15 ~= number
            else { return nil }
            parts.append(DashboardSeries.Part(label, value: Int(number.rounded())))
        }
        parts.sort { $0.label < $1.label }
        let series = DashboardSeries(
            first.kind == .date ? .day : .hour,
            parts: parts,
            begun: parts.count,
            isOpen: false
        )
        return SeriesChart(series: series, noun: table.columns[column].name, hasTable: false).html
    }
}
