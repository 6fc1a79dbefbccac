import NIOCore

/// The server's response to one request.
struct Reply: Sendable {
    let status: Int
    /// True if the server closes the connection after it.
    let closes: Bool
    /// The value of `Analytics-Rejected`: the reason that an event was not stored.
    let rejection: String?
    let body: ByteBuffer

    /// The first 200 bytes of the body, for error messages.
    var excerpt: String {
        let text = body.getString(at: body.readerIndex, length: min(200, body.readableBytes)) ?? ""
        // Control characters are replaced: they could carry terminal sequences.
        return String(text.map { $0.isASCII && !(" "..."~").contains($0) ? " " : $0 })
    }
}
