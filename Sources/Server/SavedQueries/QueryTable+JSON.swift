package import Analytics
package import HTTP

extension QueryTable {
    /// The columns and the rows, as Crumby answers them, and whether that is all.
    package var json: JSON {
        .object([
            "columns": .array(columns.map { .text($0.name) }),
            "data": .array(rows.map { .array($0.map(\.json)) }),
            "truncated": .bool(isTruncated),
        ])
    }

    /// The table for CSV and NDJSON; a name that is there already has a number.
    package var report: ReportTable {
        var names: [String] = []
        for column in columns {
            var (name, number) = (column.name, 2)
            while names.contains(name) { (name, number) = ("\(column.name)_\(number)", number + 1) }
            names.append(name)
        }
        return ReportTable(columns: names, rows: rows.map { $0.map(\.json) })
    }
}

extension QueryTable.Value {
    var json: JSON {
        switch self {
        case .null: .raw("null")
        case .flag(let flag): .bool(flag)
        case .number(let digits), .json(let digits): .raw(digits)
        case .text(let text): .text(text)
        case .list(let values): .array(values.map(\.json))
        }
    }

    /// The value as a cell of a table of text; nil for NULL.
    package var cell: String? {
        switch self {
        case .null: nil
        case .flag(let flag): "\(flag)"
        case .number(let text), .text(let text), .json(let text): text
        case .list: json.description
        }
    }
}
