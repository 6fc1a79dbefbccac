import NIOCore

/// What the server answered to one request.
struct Reply: Sendable {
    let status: Int
    /// Whether the server closes the connection after it.
    let closes: Bool
    /// What the server would not store, if it says so in `Analytics-Rejected`.
    let rejection: String?
    let body: ByteBuffer

    /// The begin of the body, for people.
    var excerpt: String {
        let text = body.getString(at: body.readerIndex, length: min(200, body.readableBytes)) ?? ""
        // A server must not be able to write control sequences to a terminal.
        return String(text.map { $0.isASCII && !(" "..."~").contains($0) ? " " : $0 })
    }
}
