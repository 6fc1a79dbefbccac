package import HTTPTypes
package import Hummingbird
import NIOHTTP1

/// An answer with the reason of a refusal (RFC 9457).
package struct Problem: Error, Sendable {
    package let status: HTTPResponse.Status
    package let detail: String
    /// The invalid part of the input.
    package var field: String?
    /// The invalid parts, where there may be several, each as an object.
    package var errors: [JSON] = []
    package var headers: HTTPFields = [:]
    /// True to give the reason as the member `error` too, where clients of another product look for it.
    package var isErrorToo = false
    /// The body where clients of another product look for one of theirs; nil for a problem document.
    package var otherBody: JSON?

    package init(_ status: HTTPResponse.Status, _ detail: String, field: String? = nil) {
        self.status = status
        self.detail = detail
        self.field = field
    }

    /// The refusal of bytes that the decoder cannot parse.
    ///
    /// The decoder accepts only visible ASCII in a target, without a setting to change that.
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

    /// The answer 503 to a request that fails for now, and may be sent again.
    package static func unavailable(_ detail: String) -> Problem {
        var problem = Problem(.serviceUnavailable, detail)
        problem.headers[.retryAfter] = "1"
        return problem
    }

    package var response: Response { answer.response }

    package var answer: Answer {
        let body: JSON = .object([
            "type": "about:blank",
            "title": .text(status.reasonPhrase),
            "status": .number(status.code),
            "detail": .text(detail),
            "field": field.map(JSON.text),
            "errors": errors.isEmpty ? nil : .array(errors),
            "error": isErrorToo ? .text(detail) : nil,
        ])
        var headers = headers
        headers[.contentType] = otherBody == nil ? "application/problem+json" : "application/json"
        return Answer(status: status, headers: headers, body: (otherBody ?? body).buffer)
    }
}

extension Problem: CustomStringConvertible {
    package var description: String { field.map { "\($0): \(detail)" } ?? detail }
}
