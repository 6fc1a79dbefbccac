package import HTTPTypes
package import Hummingbird
import NIOCore
import Zlib

extension Response {
    /// The fewest bytes that are compressed; fewer fit into a packet as they are.
    private static var fewestCompressed: Int { 1_024 }

    /// The most bytes that are made as short as zlib usually does.
    ///
    /// A page of 60 000 bytes gets a sixth shorter than with the least effort, which a slow network feels, in a
    /// millisecond more; for long answers that time would be felt.
    private static var mostWithUsualEffort: Int { 256 * 1_024 }

    /// An answer of text that is made for one request, with an entity tag of its bytes; without them, as 304, if the
    /// client has the same.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - headers: The headers without those of the coding.
    ///   - request: A request by `GET` or `HEAD`.
    package init(tagged text: [UInt8], headers: HTTPFields, to request: Request) {
        // Each coding has bytes of its own, and so a tag of its own (RFC 9110, section 8.8.3.3).
        let coding = text.count >= Self.fewestCompressed && request.headers.acceptsGzip ? "-gzip" : ""
        var headers = headers
        let entityTag = "\"\(entityDigest(of: text))\(coding)\""
        headers[.eTag] = entityTag
        guard request.headers.isKnown(entityTag) else {
            self.init(status: .ok, headers: headers, text: text, compressedFor: request.headers)
            return
        }
        headers[.vary] = "Accept-Encoding"
        headers[.contentType] = nil
        self.init(status: .notModified, headers: headers)
    }

    /// An answer of text that is made for one request, in gzip if its client takes that.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - headers: The headers without those of the coding.
    ///   - text: The text in UTF-8.
    ///   - request: The headers of the request.
    package init(
        status: HTTPResponse.Status,
        headers: HTTPFields,
        text: [UInt8],
        compressedFor request: HTTPFields
    ) {
        var headers = headers
        headers[.vary] = "Accept-Encoding"
        let mayCompress = text.count >= Self.fewestCompressed && request.acceptsGzip
        let effort: GzipEffort = text.count <= Self.mostWithUsualEffort ? .usual : .least
        let compressed = mayCompress ? gzipped(text, effort: effort) : nil
        if compressed != nil { headers[.contentEncoding] = "gzip" }
        self.init(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: compressed ?? text))
        )
    }
}
