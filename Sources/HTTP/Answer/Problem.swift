package import HTTPTypes
package import Hummingbird
import NIOHTTP1

/// An answer that says why something was refused (RFC 9457).
package struct Problem: Error, Sendable {
    package let status: HTTPResponse.Status
    package let detail: String
    /// The part of the input that is at fault.
    package var field: String?
    /// The parts that are at fault, where there may be several, each an object.
    package var errors: [JSON] = []
    package var headers: HTTPFields = [:]

    package init(_ status: HTTPResponse.Status, _ detail: String, field: String? = nil) {
        self.status = status
        self.detail = detail
        self.field = field
    }

    /// The refusal of bytes of which the decoder cannot make a request.
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

    /// The answer 503: the server cannot do it now, and the same request may be sent again.
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
        ])
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Answer(status: status, headers: headers, body: body.buffer)
    }
}

extension Problem: CustomStringConvertible {
    package var description: String { field.map { "\($0): \(detail)" } ?? detail }
}
