import Analytics

/// The answer to a question in SQL: its rows, how long it took, and whether that is all.
struct QueryResultCard: Component {
    /// The most rows that a page shows.
    static let mostRows = 1_000

    let table: QueryTable
    let view: QueryTableView
    /// The address of the page in another order; nil to offer none.
    var sorted: (@Sendable (_ column: Int, _ isDescending: Bool) -> Link)?
    /// The links to the same answer in other forms.
    var files: HTML?

    var html: HTML {
        let rows = view.rows(of: table)
        let shown = rows.prefix(Self.mostRows)
        return """
            \(chart)<section class="card">
            <div class="head"><h2>Answer</h2><p>\(summary(rows.count))</p></div>
            \(table.columns.isEmpty ? nil : list(shown).html)
            \(rows.count > Self.mostRows ? "<p class=\"hint remark\">The first \(Figure(Self.mostRows)) are shown.</p>" as HTML : nil)
            \(files.map { "<div class=\"foot\">\($0)</div>" as HTML })
            </section>
            """
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
            head.link = sorted?(index, isFirst && !view.isDescending)
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
            2...2_000 ~= table.rows.count,
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
        return SeriesChart(series: series, noun: table.columns[column].name).html
    }
}

/// The order in which the rows of an answer are shown, and the text that they have to have.
package struct QueryTableView: Sendable, Hashable {
    /// The column that rows are ordered by; nil for the order of the answer.
    package var column: Int?
    package var isDescending = false
    package var search = ""

    /// Reads an order as `2`, or `-2` for the greatest first; anything else is none.
    package init(sort: String, search: String) {
        isDescending = sort.hasPrefix("-")
        column = Int(isDescending ? String(sort.dropFirst()) : sort).flatMap { 0..<1_000 ~= $0 - 1 ? $0 - 1 : nil }
        self.search = search
    }

    /// The rows that have the text, in order; equal ones stay in the order of the answer.
    func rows(of table: QueryTable) -> [[QueryTable.Value]] {
        let wanted = search.lowercased()
        let rows =
            wanted.isEmpty
            ? table.rows
            : table.rows.filter { row in
                row.contains { $0.shown?.lowercased().contains(wanted) == true }
            }
        guard let column, table.columns.indices.contains(column) else { return rows }
        return rows.enumerated().sorted { first, second in
            let (left, right) = (first.element[column], second.element[column])
            if left == right { return first.offset < second.offset }
            return isDescending ? right.precedes(left) : left.precedes(right)
        }.map(\.element)
    }
}

extension QueryTable.Value {
    /// The value as text; nil for NULL.
    var shown: String? {
        switch self {
        case .null: nil
        case .flag(let flag): "\(flag)"
        case .number(let text), .text(let text), .json(let text): text
        case .list(let values): "{" + values.map { $0.shown ?? "NULL" }.joined(separator: ", ") + "}"
        }
    }

    /// True if the value comes before another one; numbers are compared as numbers, and NULL comes last.
    fileprivate func precedes(_ other: QueryTable.Value) -> Bool {
        if case .number(let left) = self, case .number(let right) = other, let a = Double(left), let b = Double(right),
            a != b
        {
            return a < b
        }
        guard let left = shown else { return false }
        return other.shown.map { left < $0 } ?? true
    }
}
