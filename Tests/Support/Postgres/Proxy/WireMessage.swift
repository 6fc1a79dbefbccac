package import NIOCore

/// A message of PostgreSQL's protocol (PostgreSQL manual, "Message Formats").
package struct WireMessage: Sendable {
    /// Its type; nil of the first message of a client, which has none.
    package let type: UInt8?
    /// All of it, as it came.
    package let bytes: ByteBuffer

    /// The texts that it begins with, each ending with a zero.
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
