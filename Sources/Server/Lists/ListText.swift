import Analytics
import HTTP

/// The text of the elements of a list.
struct ListText: Sendable {
    let columns: [String]
    let format: TableFormat

    init(_ kind: ListQuery.Kind, as format: TableFormat) {
        columns = kind.columns
        self.format = format
    }

    /// What comes before the first element: in CSV a line with the names of the columns.
    var head: String {
        format == .csv ? (columns + ["cursor"]).joined(separator: ",") + "\r\n" : ""
    }

    /// The lines of elements, each with its cursor.
    func lines(_ rows: [ListedRow]) -> String {
        var text = ""
        for row in rows {
            switch format {
            case .csv:
                for value in row.values { text += (value.map { $0.json.csvCell } ?? "") + "," }
                text += row.cursor.text + "\r\n"
            case .json, .ndjson:
                text += object(row, ["cursor": .text(row.cursor.text)]).description + "\n"
            }
        }
        return text
    }

    /// An element as an object, without the values that it does not have.
    func object(_ row: ListedRow, _ more: KeyValuePairs<String, JSON> = [:]) -> JSON {
        Self.object(columns, row.values, more)
    }

    /// The values of columns as an object, without those that there are not.
    static func object(
        _ columns: [String],
        _ values: [ListedRow.Value?],
        _ more: KeyValuePairs<String, JSON> = [:]
    ) -> JSON {
        let members = zip(columns, values).map { ($0, $1?.json) }
        return .object(JSON.Members(members + more.map { ($0.key, Optional($0.value)) }))
    }
}

extension ListedRow.Value {
    fileprivate var json: JSON {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .number(number)
        case .flag(let flag): .bool(flag)
        case .json(let text): .raw(text)
        }
    }
}
