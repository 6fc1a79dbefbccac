import Crypto
import HTTPTypes
import Hummingbird
package import NIOCore

/// A file that the server keeps in memory and serves.
package struct Asset: Sendable {
    private let body: ByteBuffer
    private let contentType: String
    private let cacheControl: String
    /// A strong validator (RFC 9110, section 8.8.3): the beginning of the SHA-256 of the bytes.
    private let entityTag: String

    /// - Parameters:
    ///   - body: The bytes.
    ///   - contentType: The value of `Content-Type`.
    ///   - cacheControl: The value of `Cache-Control`; by default a cache revalidates its copy each time.
    package init(_ body: ByteBuffer, contentType: String, cacheControl: String = "no-cache") {
        self.body = body
        self.contentType = contentType
        self.cacheControl = cacheControl
        let digest = SHA256.hash(data: Array(body.readableBytesView)).prefix(16)
        entityTag = "\"" + digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    }

    /// The answer to a request: 304 if the client has the same bytes.
    func response(to request: Request) -> Response {
        var headers: HTTPFields = [.eTag: entityTag, .cacheControl: cacheControl]
        if isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// True if `If-None-Match` has the entity tag, which a proxy may have marked as weak (RFC 9110, section 13.1.2).
    private func isKnown(to headers: HTTPFields) -> Bool {
        guard let tags = headers[.ifNoneMatch] else { return false }
        return tags.split(separator: ",").contains { tag in
            let tag = tag.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
    }
}
