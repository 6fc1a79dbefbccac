import NIOCore

/// Finds the reply to one request in the bytes of a connection.
///
/// It is much less than a whole HTTP parser: one reply at a time, to a request that was no `HEAD`, whose end is known
/// from its header. In return it costs a fraction of one.
struct ReplyParser {
    /// The bytes are no reply, or one that is too long.
    struct Malformed: Error {}

    private static let headLimit = 16 << 10
    private static let bodyLimit = 1 << 20

    private var pending = ByteBuffer()

    /// Takes bytes in; returns the reply once it is complete.
    mutating func parse(_ chunk: ByteBuffer) throws(Malformed) -> Reply? {
        if pending.readableBytes == 0 { pending = chunk } else { pending.writeImmutableBuffer(chunk) }
        while let head = try ReplyHead(pending.readableBytesUInt8Span) {
            if 100..<200 ~= head.status {
                pending.moveReaderIndex(forwardBy: head.length)
                continue
            }
            guard let (body, end) = try body(after: head) else { return nil }
            // Nothing more may follow: there is never more than one request under way.
            guard end == pending.readableBytes else { throw Malformed() }
            pending = ByteBuffer()
            return Reply(status: head.status, closes: head.closes, rejection: head.rejection, body: body)
        }
        guard pending.readableBytes <= Self.headLimit else { throw Malformed() }
        return nil
    }

    /// The body and where it ends, counted from the begin of the head.
    private func body(after head: ReplyHead) throws(Malformed) -> (ByteBuffer, end: Int)? {
        if head.status == 204 || head.status == 304 { return (ByteBuffer(), head.length) }
        if head.isChunked { return try chunks(from: head.length) }
        guard let length = head.contentLength, length <= Self.bodyLimit else { throw Malformed() }
        return pending.getSlice(at: pending.readerIndex + head.length, length: length)
            .map { ($0, head.length + length) }
    }

    private func chunks(from start: Int) throws(Malformed) -> (ByteBuffer, end: Int)? {
        var body = ByteBuffer()
        var position = start
        while let (size, dataStart) = try line(from: position) {
            // The last chunk is followed by an empty line here: servers of our kind send no trailers.
            let end = dataStart + size
            guard let (_, next) = try line(from: end, isEmpty: true) else { return nil }
            if size == 0 { return (body, next) }
            guard let data = pending.getSlice(at: pending.readerIndex + dataStart, length: size) else { return nil }
            body.writeImmutableBuffer(data)
            guard body.readableBytes <= Self.bodyLimit else { throw Malformed() }
            position = next
        }
        return nil
    }

    /// Reads a line that is empty, or begins with a chunk's size, which is returned with the begin of the next line.
    private func line(from start: Int, isEmpty: Bool = false) throws(Malformed) -> (size: Int, next: Int)? {
        let bytes = pending.readableBytesUInt8Span
        var size = 0
        var digits = 0
        for index in start..<max(start, bytes.count) {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") {
                guard isEmpty == (digits == 0) else { throw Malformed() }
                return (size, index + 1)
            }
            if byte == UInt8(ascii: "\r") { continue }
            guard !isEmpty, digits < 6, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw Malformed()
            }
            size = size << 4 | digit
            digits += 1
        }
        return nil
    }
}
