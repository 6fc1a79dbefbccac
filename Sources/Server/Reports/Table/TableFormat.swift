import HTTP
import HTTPTypes
import Hummingbird

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

extension Response {
    /// An answer with a table.
    init(_ table: ReportTable, as format: TableFormat) {
        switch format {
        case .json: self.init(json: table.json)
        case .csv: self.init(csv: table.csv)
        case .ndjson: self.init(csv: table.ndjson)
        }
        headers[.contentType] = format.contentType
    }
}
