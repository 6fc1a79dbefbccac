import Analytics
import HTTPTypes
import Hummingbird
import Ingest
import NIOHTTP1

/// An answer that says why something was refused (RFC 9457).
struct Problem: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    let detail: String
    /// The part of the input that is at fault.
    var field: String?
    /// The lines that are at fault, where there may be several.
    var errors: [Bulk.LineError] = []
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ detail: String, field: String? = nil) {
        self.status = status
        self.detail = detail
        self.field = field
    }

    /// What the client sent is at fault.
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

    /// A body of many events that cannot be read from a line on.
    init(_ rejection: Rejection, line: Int) {
        self.init(rejection)
        errors = [Bulk.LineError(line: line, rejection: rejection)]
    }

    /// Bytes of which the decoder cannot make a request.
    ///
    /// In a target it takes visible ASCII only, and SwiftNIO has no setting for it.
    init(unreadable error: HTTPParserError) {
        switch error {
        case .invalidURL:
            self.init(
                .badRequest,
                "not a target of a request: in a URL all but visible ASCII must be percent-encoded, é as %C3%A9"
            )
        default: self.init(.badRequest, "not a request that can be read")
        }
    }

    /// The server cannot do it now.
    ///
    /// The same request may be sent again.
    static func unavailable(_ detail: String) -> Problem {
        var problem = Problem(.serviceUnavailable, detail)
        problem.headers[.retryAfter] = "1"
        return problem
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        response
    }

    var response: Response { answer.response }

    var answer: Answer {
        let body: JSON = .object([
            "type": "about:blank",
            "title": .text(status.reasonPhrase),
            "status": .number(status.code),
            "detail": .text(detail),
            "field": field.map(JSON.text),
            "errors": errors.isEmpty ? nil : .array(errors.map(\.json)),
        ])
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Answer(status: status, headers: headers, body: body.buffer)
    }
}

extension Problem: CustomStringConvertible {
    var description: String { field.map { "\($0): \(detail)" } ?? detail }
}

extension Bulk.LineError {
    /// How a line that was rejected is reported.
    var json: JSON {
        .object([
            "line": .number(line), "field": .text(rejection.field.rawValue), "reason": .text(rejection.reason.rawValue),
        ])
    }
}
