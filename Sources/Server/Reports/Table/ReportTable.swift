import Analytics
import HTTP

/// A report as a table of named columns.
package struct ReportTable {
    let columns: [String]
    let rows: [[JSON]]

    init(columns: [String], rows: [[JSON]]) {
        self.columns = columns
        self.rows = rows
    }

    init(_ report: Report, to query: Query) {
        columns = query.dimensions.map(\.name) + query.metrics.map(\.rawValue)
        rows = report.rows.map { $0.dimensions.map(JSON.text) + $0.values.map(\.json) }
    }

    /// One object for each row.
    var json: JSON { .array(objects) }

    /// One object on each line.
    package var ndjson: String { objects.map { $0.description + "\n" }.joined() }

    private var objects: [JSON] {
        rows.map { row in .object(JSON.Members(zip(columns, row).map { ($0, Optional($1)) })) }
    }

    /// The rows after a line with the names of the columns (RFC 4180).
    ///
    /// A text that a spreadsheet would take for a formula begins with an apostrophe.
    package var csv: String {
        ([columns.map(JSON.text)] + rows).map { row in row.map(\.csvCell).joined(separator: ",") + "\r\n" }.joined()
    }
}

extension JSON {
    /// The value as a cell of CSV; a text that a spreadsheet would take for a formula begins with an apostrophe.
    var csvCell: String {
        guard case .text(let own) = self else {
            let text = description
            return text == "null" ? "" : Self.quotedCell(text)
        }
        return Self.quotedCell(own.first.map { "=+-@\t\r".contains($0) } == true ? "'" + own : own)
    }

    private static func quotedCell(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
