extension Filter {
    /// The condition over columns that are named as dimensions are.
    ///
    /// - Parameters:
    ///   - depth: The number of conditions around it.
    ///   - column: The column of a dimension.
    /// - Returns: A condition that is true or false and never NULL.
    /// - Throws: `Unexplained`
    func sql(depth: Int = 0, _ column: (Dimension) -> ExplainedColumn?) throws(Unexplained) -> String {
        switch self {
        case .test(let test):
            guard let column = column(test.dimension) else {
                throw Unexplained(reason: "there is no SQL for filters by \(test.dimension.name)")
            }
            return try test.sql(column.name, column.shown)
        case .all(let filters): return try Self.joined(filters, "AND", empty: "true", depth, column)
        case .any(let filters): return try Self.joined(filters, "OR", empty: "false", depth, column)
        case .not(let filter): return "NOT (\(try filter.sql(depth: 0, column)))"
        case .done: throw Unexplained(reason: "there is no SQL for has_done and has_not_done")
        }
    }

    private static func joined(
        _ filters: [Filter],
        _ word: String,
        empty: String,
        _ depth: Int,
        _ column: (Dimension) -> ExplainedColumn?
    ) throws(Unexplained) -> String {
        var parts: [String] = []
        for filter in filters { parts.append(try filter.sql(depth: filters.count > 1 ? depth + 1 : depth, column)) }
        guard parts.count > 1 else { return parts.first ?? empty }
        let text = parts.joined(separator: " \(word) ")
        return depth > 0 ? "(\(text))" : text
    }
}

extension Filter.Test {
    /// The test of a column.
    ///
    /// - Parameters:
    ///   - column: The name of the column, which is NULL for no value.
    ///   - shown: The column, where no value is the text that stands for it.
    /// - Returns: A condition that is true or false and never NULL.
    /// - Throws: `Unexplained`
    func sql(_ column: String, _ shown: String) throws(Unexplained) -> String {
        guard !ignoresCase else { throw Unexplained(reason: "there is no SQL for filters that ignore case") }
        guard !values.contains(where: { $0.utf8.contains(0) }) else { throw Unexplained(reason: "a text has NUL") }
        let not = isNegated ? "NOT " : ""
        switch comparison {
        case .equals: return "\(shown) \(not)IN (\(values.map(\.sqlLiteral).joined(separator: ", ")))"
        case .contains:
            let parts = values.map { "strpos(\(column), \($0.sqlLiteral)) > 0" }
            return "\(not)coalesce(\(parts.joined(separator: " OR ")), false)"
        case .matches: throw Unexplained(reason: "there is no SQL for matches and matches_not")
        }
    }
}
