import Analytics

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

    /// The order as it is read; nil for that of the answer.
    var sort: String? { column.map { Self.sort($0, isDescending: isDescending) } }

    /// The order by a column.
    static func sort(_ column: Int, isDescending: Bool) -> String { "\(isDescending ? "-" : "")\(column + 1)" }

    /// The field for the text of the rows.
    static func field(_ form: FormState) -> Field {
        Field(
            name: "search",
            label: "Rows with",
            form: form,
            hint: "A text in any column of the answer.",
            isRequired: false
        )
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
        let isTime = table.columns[column].kind == .time
        return rows.enumerated().sorted { first, second in
            let (left, right) = (first.element[column], second.element[column])
            if left == right { return first.offset < second.offset }
            return isDescending ? right.precedes(left, isTime: isTime) : left.precedes(right, isTime: isTime)
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
    ///
    /// - Parameters:
    ///   - other: The other value.
    ///   - isTime: True for times, whose seconds have fractions or none.
    /// - Returns: True if it comes before.
    fileprivate func precedes(_ other: QueryTable.Value, isTime: Bool) -> Bool {
        if case .number(let left) = self, case .number(let right) = other, let a = Double(left), let b = Double(right),
            a != b
        {
            return a < b
        }
        guard let left = shown else { return false }
        guard let right = other.shown else { return true }
        return isTime ? left.withoutZone < right.withoutZone : left < right
    }
}

extension String {
    /// The text of a time without the letter of UTC, which comes after the dot of a fraction.
    fileprivate var withoutZone: Substring { hasSuffix("Z") ? dropLast() : self[...] }
}
