import Analytics
import HTTP
import HTTPTypes
import Ingest

extension Problem {
    /// The refusal of what the client sent.
    init(_ rejection: Rejection) {
        self.init(rejection.status, rejection.reason.rawValue, field: rejection.field.rawValue)
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        if status == .tooManyRequests { headers[.retryAfter] = "1" }
        if status == .unsupportedMediaType {
            headers[.acceptPost] = "application/json, application/x-ndjson, text/csv, application/x-www-form-urlencoded"
        }
    }

    /// The refusal of a body of many events that is malformed from a line on.
    init(_ rejection: Rejection, line: Int) {
        self.init(rejection)
        errors = [Bulk.LineError(line: line, rejection: rejection).json]
    }
}

extension Rejection {
    /// The status of a refusal that is answered with a problem.
    fileprivate var status: HTTPResponse.Status {
        switch (field, reason) {
        case (.contentType, _): .unsupportedMediaType
        case (.key, .missing), (.key, .needsKey), (.key, .unknownKey), (.share, .unknownKey), (.share, .needsPassword):
            .unauthorized
        case (.key, .tooMany): .tooManyRequests
        case (.key, _), (.share, _), (.host, _), (.account, _): .forbidden
        default: .badRequest
        }
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
