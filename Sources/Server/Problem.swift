import Analytics
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Ingest

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
        self.init(
            rejection.field == .contentType ? .unsupportedMediaType : .badRequest,
            rejection.reason.rawValue,
            field: rejection.field.rawValue
        )
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

    var response: Response {
        let body = Body(
            title: status.reasonPhrase,
            status: status.code,
            detail: detail,
            field: field,
            errors: errors.isEmpty ? nil : errors.map(LineReport.init)
        )
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: json(body)))
    }

    private struct Body: Encodable {
        let type = "about:blank"
        let title: String
        let status: Int
        let detail: String
        let field: String?
        let errors: [LineReport]?
    }
}

/// How a line that was rejected is reported.
struct LineReport: Encodable {
    let line: Int
    let field: String
    let reason: String

    init(_ error: Bulk.LineError) {
        line = error.line
        field = error.rejection.field.rawValue
        reason = error.rejection.reason.rawValue
    }
}
