import HTTP
import HTTPTypes
import Hummingbird

extension BodyReader {
    /// The largest description of something of a site, in bytes.
    private static let largestDocument = 64 << 10

    /// Reads a JSON document.
    ///
    /// - Parameter request: The request.
    /// - Returns: The document.
    /// - Throws: A `Problem`
    func document(of request: Request) async throws -> JSONValue {
        guard let value = try await json(of: request, limit: Self.largestDocument) else {
            throw Problem(.badRequest, "not a JSON object of at most \(Self.largestDocument) bytes", field: "body")
        }
        return value
    }

    /// Reads a body as JSON.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - limit: The most bytes.
    /// - Returns: The value; nil if the body is larger, or no JSON.
    /// - Throws: A `Problem`
    func json(of request: Request, limit: Int) async throws -> JSONValue? {
        var share = budget.share()
        let body = try await self.body(of: request, &share)
        return body.readableBytes <= limit ? JSONValue(body.readableBytesView) : nil
    }
}
