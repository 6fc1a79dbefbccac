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

/// Cuts a stream of bytes into messages.
package struct WireReader: Sendable {
    private var buffer = ByteBuffer()
    private var isAtStart: Bool

    /// - Parameter isClient: Whether the stream begins with a message without a type.
    package init(isClient: Bool) {
        isAtStart = isClient
    }

    package mutating func append(_ bytes: ByteBuffer) {
        buffer.writeImmutableBuffer(bytes)
    }

    /// The next message that is complete.
    package mutating func next() -> WireMessage? {
        let header = isAtStart ? 0 : 1
        guard let length = buffer.getInteger(at: buffer.readerIndex + header, as: UInt32.self) else { return nil }
        guard let bytes = buffer.readSlice(length: header + Int(length)) else { return nil }
        defer { buffer.discardReadBytes() }
        guard !isAtStart else {
            isAtStart = false
            return WireMessage(type: nil, bytes: bytes)
        }
        return WireMessage(type: bytes.readableBytesView.first, bytes: bytes)
    }
}
