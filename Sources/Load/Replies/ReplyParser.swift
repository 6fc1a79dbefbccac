import NIOCore

/// Parses the replies of a connection, one at a time.
///
/// It costs a fraction of a full HTTP parser and supports less: no pipelining, no reply to `HEAD`, no body without a
/// length, and no trailers.
struct ReplyParser {
    /// The bytes are not a valid reply, or the reply is too long.
    struct Malformed: Error {}

    private static let headLimit = 16 << 10
    private static let bodyLimit = 1 << 20

    private var pending = ByteBuffer()

    /// Appends bytes; returns the reply once it is complete.
    mutating func parse(_ chunk: ByteBuffer) throws(Malformed) -> Reply? {
        if pending.readableBytes == 0 { pending = chunk } else { pending.writeImmutableBuffer(chunk) }
        while let head = try ReplyHead(pending.readableBytesUInt8Span) {
            if 100..<200 ~= head.status {
                pending.moveReaderIndex(forwardBy: head.length)
                continue
            }
            guard let (body, end) = try body(after: head) else { return nil }
            // No bytes may follow: there is only one request at a time.
            guard end == pending.readableBytes else { throw Malformed() }
            pending = ByteBuffer()
            return Reply(status: head.status, closes: head.closes, rejection: head.rejection, body: body)
        }
        guard pending.readableBytes <= Self.headLimit else { throw Malformed() }
        return nil
    }

    /// The body and the position of its end, counted from the start of the head; nil if more bytes are needed.
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
            // An empty line must follow each chunk, the last one included: trailers are not supported.
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

    /// Reads an empty line or one with a chunk's size; returns the size and the start of the next line.
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
