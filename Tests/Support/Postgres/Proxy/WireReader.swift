package import NIOCore

/// Splits a stream of bytes into messages.
package struct WireReader: Sendable {
    private var buffer = ByteBuffer()
    private var isAtStart: Bool

    /// - Parameter isClient: True for the stream of a client, whose first message has no type.
    package init(isClient: Bool) {
        isAtStart = isClient
    }

    package mutating func append(_ bytes: ByteBuffer) {
        buffer.writeImmutableBuffer(bytes)
    }

    /// The next complete message; nil if there is none yet.
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
