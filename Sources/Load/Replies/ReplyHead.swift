/// The status line of a reply, and those of its header fields that the load generator uses.
struct ReplyHead {
    private static let version = Array("HTTP/1.".utf8)
    private static let contentLengthName = Array("content-length:".utf8)
    private static let transferEncodingName = Array("transfer-encoding:".utf8)
    private static let connectionName = Array("connection:".utf8)
    private static let rejectedName = Array("analytics-rejected:".utf8)

    /// From 100 to 599.
    private(set) var status = 0
    /// The length in bytes, including the empty line that ends the head.
    private(set) var length = 0
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    private(set) var closes = false
    private(set) var rejection: String?

    /// Reads a head; nil if more bytes are needed.
    init?(_ bytes: Span<UInt8>) throws(ReplyParser.Malformed) {
        var lineStart = 0
        for index in 0..<bytes.count where bytes[index] == UInt8(ascii: "\n") {
            let end = index > lineStart && bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index
            if lineStart == 0 {
                try readStatus(bytes, end: end)
            } else if end == lineStart {
                length = index + 1
                return
            } else {
                try readField(bytes, lineStart..<end)
            }
            lineStart = index + 1
        }
        return nil
    }

    /// Reads `HTTP/1.1 204 No Content`.
    private mutating func readStatus(_ bytes: Span<UInt8>, end: Int) throws(ReplyParser.Malformed) {
        guard end >= 12, Self.version.indices.allSatisfy({ bytes[$0] == Self.version[$0] }),
            let status = Self.number(bytes, 9..<12), 100...599 ~= status
        else { throw ReplyParser.Malformed() }
        self.status = status
        closes = bytes[7] == UInt8(ascii: "0")
    }

    private mutating func readField(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(ReplyParser.Malformed) {
        switch bytes[line.lowerBound] | 0x20 {
        case UInt8(ascii: "c"):
            if let value = Self.value(of: Self.contentLengthName, bytes, line) {
                guard let length = Self.number(bytes, value) else { throw ReplyParser.Malformed() }
                contentLength = length
            } else if let value = Self.value(of: Self.connectionName, bytes, line) {
                closes = closes || Self.text(bytes, value).lowercased() == "close"
            }
        case UInt8(ascii: "t"):
            if let value = Self.value(of: Self.transferEncodingName, bytes, line) {
                isChunked = Self.text(bytes, value).lowercased() == "chunked"
            }
        case UInt8(ascii: "a"):
            if let value = Self.value(of: Self.rejectedName, bytes, line) {
                rejection = Self.text(bytes, value)
            }
        default: break
        }
    }

    /// The range of a field's value without surrounding whitespace; nil if the line is another field.
    private static func value(of name: [UInt8], _ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
        guard line.count >= name.count else { return nil }
        for index in name.indices where bytes[line.lowerBound + index] | 0x20 != name[index] { return nil }
        var (start, end) = (line.lowerBound + name.count, line.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// A decimal number of up to nine digits; nil for anything else.
    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard 1...9 ~= range.count else { return nil }
        var number = 0
        for index in range {
            guard case 48...57 = bytes[index] else { return nil }
            number = number * 10 + Int(bytes[index] - 48)
        }
        return number
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(range.map { Unicode.Scalar(bytes[$0]) }))
    }
}
