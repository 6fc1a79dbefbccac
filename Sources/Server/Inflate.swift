import HTTPTypes
package import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// Inflates a gzip body.
///
/// SwiftNIO offers this as a channel handler only, and its pipeline could not answer 413. So the handler gets a channel of
/// its own, which lives in this call: that costs nothing and needs no zlib of ours.
///
/// - Parameters:
///   - body: What came in.
///   - limit: How large the inflated body may be, in bytes.
/// - Returns: The inflated body.
/// - Throws: A `Problem` when it is too large or no gzip.
package func inflate(_ body: ByteBuffer, limit: Int) throws -> ByteBuffer {
    /// What is inflated before the limit is looked at again.
    let slice = 64 * 1024
    do {
        let channel = EmbeddedChannel(handler: NIOHTTPRequestDecompressor(limit: .size(limit)))
        // It and its pipeline hold each other until it is closed. What is wrong with the body has been said before.
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: ["Content-Encoding": "gzip"])
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        var compressed = body
        var inflated = ByteBuffer()
        while let part = compressed.readSlice(length: min(slice, compressed.readableBytes)), part.readableBytes > 0 {
            try channel.writeInbound(HTTPServerRequestPart.body(part))
            try drain(channel, into: &inflated)
        }
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        try drain(channel, into: &inflated)
        return inflated
    } catch NIOHTTPDecompression.DecompressionError.limit {
        throw Problem(.contentTooLarge, "the inflated body is larger than \(limit) bytes", field: "body")
    } catch {
        throw Problem(.badRequest, "the body is not valid gzip", field: "body")
    }
}

private func drain(_ channel: EmbeddedChannel, into inflated: inout ByteBuffer) throws {
    while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
        if case .body(var bytes) = part { inflated.writeBuffer(&bytes) }
    }
}
