package import HTTPTypes
package import Hummingbird
import NIOCore
import Zlib

extension Response {
    /// The fewest bytes that are compressed; fewer fit into a packet as they are.
    private static var fewestCompressed: Int { 1_024 }

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
        let compressed = mayCompress ? gzipped(text, isQuick: true) : nil
        if compressed != nil { headers[.contentEncoding] = "gzip" }
        self.init(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: compressed ?? text))
        )
    }
}
