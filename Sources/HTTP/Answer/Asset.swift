package import HTTPTypes
package import Hummingbird
package import NIOCore
import Zlib

/// A file that the server keeps in memory and serves.
package struct Asset: Sendable {
    private let body: ByteBuffer
    /// The bytes in gzip; nil if they are sent as they are only.
    private let compressed: ByteBuffer?
    private let contentType: String
    /// The headers of every answer, except for the entity tag.
    private let headers: HTTPFields
    /// The beginning of the SHA-256 of the bytes, in 32 hexadecimal digits.
    package let digest: String

    /// - Parameters:
    ///   - body: The bytes.
    ///   - contentType: The value of `Content-Type`.
    ///   - cacheControl: The value of `Cache-Control`; by default a cache revalidates its copy each time.
    ///   - isCompressed: True to send it in gzip to those who accept it.
    ///   - headers: Further headers of the answer.
    package init(
        _ body: ByteBuffer,
        contentType: String,
        cacheControl: String = "no-cache",
        isCompressed: Bool = false,
        headers: HTTPFields = [:]
    ) {
        self.body = body
        self.contentType = contentType
        let bytes = Array(body.readableBytesView)
        compressed = isCompressed ? gzipped(bytes, effort: .most).map { ByteBuffer(bytes: $0) } : nil
        digest = entityDigest(of: bytes)
        var headers = headers
        headers[.cacheControl] = cacheControl
        if compressed != nil { headers[.vary] = "Accept-Encoding" }
        self.headers = headers
    }

    /// The answer to a request: 304 if the client has the same bytes.
    package func response(to request: Request) -> Response {
        let compressed = request.headers.acceptsGzip ? compressed : nil
        // A strong validator (RFC 9110, section 8.8.3), and so another one for each coding.
        let entityTag = compressed == nil ? "\"\(digest)\"" : "\"\(digest)-gzip\""
        var headers = headers
        headers[.eTag] = entityTag
        if request.headers.isKnown(entityTag) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = contentType
        if compressed != nil { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: compressed ?? body))
    }
}
