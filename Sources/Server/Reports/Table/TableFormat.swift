import HTTP
import HTTPTypes
import NIOCore

/// The form of a table in an answer.
enum TableFormat: String, Sendable {
    case json, csv, ndjson

    /// - Throws: A `QueryRefusal` of the parameter.
    init(parsing text: String) throws(QueryRefusal) {
        guard let format = TableFormat(rawValue: text) else { throw QueryRefusal("format", "not json, csv or ndjson") }
        self = format
    }

    /// The form that a client prefers where no parameter says it.
    init(preferredBy headers: HTTPFields) {
        let accept = headers[.accept]?.lowercased() ?? ""
        self = accept.contains("text/csv") && !headers.prefersJSON ? .csv : accept.contains("ndjson") ? .ndjson : .json
    }

    var contentType: String {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8"
        case .ndjson: "application/x-ndjson"
        }
    }
}

extension Answer {
    /// An answer with a table.
    init(_ table: ReportTable, as format: TableFormat) {
        let text =
            switch format {
            case .json: table.json.description
            case .csv: table.csv
            case .ndjson: table.ndjson
            }
        self.init(status: .ok, headers: [.contentType: format.contentType], body: ByteBuffer(string: text))
    }
}
