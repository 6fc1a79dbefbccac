import Analytics
import HTTP
import HTTPTypes
import Ingest

extension Problem {
    /// The refusal of what the client sent.
    init(_ rejection: Rejection) {
        let isType = rejection.field == .contentType
        self.init(
            isType ? .unsupportedMediaType : .badRequest,
            rejection.reason.rawValue,
            field: rejection.field.rawValue
        )
        if isType {
            headers[.acceptPost] = "application/json, application/x-ndjson, text/csv, application/x-www-form-urlencoded"
        }
    }

    /// The refusal of a body of many events that is malformed from a line on.
    init(_ rejection: Rejection, line: Int) {
        self.init(rejection)
        errors = [Bulk.LineError(line: line, rejection: rejection).json]
    }
}

extension Bulk.LineError {
    /// The line and the reason, as clients get them.
    var json: JSON {
        .object([
            "line": .number(line), "field": .text(rejection.field.rawValue), "reason": .text(rejection.reason.rawValue),
        ])
    }
}
