package import NIOCore

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
