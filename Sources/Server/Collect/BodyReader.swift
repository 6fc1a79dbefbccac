import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The reading of whole request bodies, within the limits of one body and of all together.
struct BodyReader: Sendable {
    let settings: ServerSettings
    let budget: BodyBudget

    /// The whole body, decompressed if necessary.
    func body(of request: Request, _ share: inout BodyBudget.Share) async throws -> ByteBuffer {
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
        guard ["identity", "gzip", "x-gzip"].contains(encoding) else {
            var problem = Problem(.unsupportedMediaType, "only gzip is understood", field: "Content-Encoding")
            problem.headers[.acceptEncoding] = "gzip"
            throw problem
        }
        var body = ByteBuffer()
        for try await var part in request.body {
            guard part.readableBytes <= settings.http.maximumBody - body.readableBytes else {
                throw NIOTooManyBytesError(maxBytes: settings.http.maximumBody)
            }
            try share.take(part.readableBytes)
            body.writeBuffer(&part)
        }
        if encoding == "identity" { return body }
        let inflated = try inflate(body, limit: settings.maximumInflated)
        try share.take(inflated.readableBytes)
        return inflated
    }
}
