/// Goes over `key=value` pairs joined by `&`, as in a query string or a form body, without decoding the values.
package func forEachPair(of query: Span<UInt8>, _ body: (_ key: Span<UInt8>, EventFields.Value) -> Void) {
    var start = 0
    while start < query.count {
        var equals: Int?
        var end = start
        var isPlain = true
        while end < query.count, query[end] != UInt8(ascii: "&") {
            switch query[end] {
            case UInt8(ascii: "="): equals = equals ?? end
            case UInt8(ascii: "%"), UInt8(ascii: "+"): isPlain = false
            default: break
            }
            end += 1
        }
        let value = EventFields.Value(min((equals ?? end) + 1, end)..<end, isPlain ? .plain : .form)
        let key = query.extracting(start..<(equals ?? end))
        if isPlain {
            body(key, value)
        } else if let decoded = percentDecoding(key) {
            body(decoded.span, value)
        }
        start = end + 1
    }
}

extension EventFields {
    /// Finds the three fields in a query string or a form body.
    package init(form query: Span<UInt8>) {
        self.init()
        var fields = EventFields()
        forEachPair(of: query) { key, value in fields.note(value, key: key) }
        self = fields
    }
}

/// The bytes that a form means: `+` is a blank, `%41` an `A`; nil when a `%` is not followed by two hex digits.
package func percentDecoding(_ bytes: Span<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "+"):
            decoded.append(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            guard index + 2 < bytes.count, let byte = hexByte(bytes[index + 1], bytes[index + 2]) else { return nil }
            decoded.append(byte)
            index += 2
        case let byte:
            decoded.append(byte)
        }
        index += 1
    }
    return decoded
}

private func hexByte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = hexDigit(high), let low = hexDigit(low) else { return nil }
    return high << 4 | low
}

/// The value of a hexadecimal digit, of either case.
package func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}

/// The text of a quoted CSV field (RFC 4180): two quotes are one.
func unquotingCSV(_ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var wasQuote = false
    for index in bytes.indices {
        let isQuote = bytes[index] == UInt8(ascii: "\"")
        if isQuote && wasQuote {
            wasQuote = false
            continue
        }
        text.append(bytes[index])
        wasQuote = isQuote
    }
    return text
}
