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
        var share = budget.share()
        let body = try await self.body(of: request, &share)
        guard body.readableBytes <= Self.largestDocument, let value = JSONValue(body.readableBytesView) else {
            throw Problem(.badRequest, "not a JSON object of at most \(Self.largestDocument) bytes", field: "body")
        }
        return value
    }
}
