package import NIOCore

/// A message of PostgreSQL's protocol (PostgreSQL manual, "Message Formats").
package struct WireMessage: Sendable {
    /// The type; nil for the first message of a client, which has none.
    package let type: UInt8?
    /// The complete bytes of the message.
    package let bytes: ByteBuffer

    /// A number of zero-terminated texts at the beginning of its body.
    package func texts(_ count: Int) -> [String] {
        var rest = bytes
        rest.moveReaderIndex(forwardBy: 5)
        return (0..<count).compactMap { _ in
            guard let end = rest.readableBytesView.firstIndex(of: 0) else { return nil }
            defer { rest.moveReaderIndex(forwardBy: 1) }
            return rest.readString(length: end - rest.readerIndex)
        }
    }
}
