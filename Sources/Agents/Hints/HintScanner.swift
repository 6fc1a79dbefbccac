/// A scanner of structured headers (RFC 9651) that takes more than the RFC does, as some proxies drop quotes.
struct HintScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool {
        rest.isEmpty
    }

    /// Skips blanks, and then a byte; returns false if another one stands there.
    mutating func skip(_ byte: Unicode.Scalar) -> Bool {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard rest.first == UInt8(ascii: byte) else { return false }
        rest.removeFirst()
        return true
    }

    /// Skips all up to a byte, and the byte itself.
    mutating func skip(past byte: Unicode.Scalar) {
        rest = rest.drop { $0 != UInt8(ascii: byte) }.dropFirst()
    }

    /// Reads a quoted string, or without quotes all up to a comma, a semicolon or an equals sign.
    mutating func text() -> String {
        guard skip("\"") else {
            let word = rest.prefix { ![UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "=")].contains($0) }
            rest = rest[word.endIndex...]
            return String(decoding: word, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte != UInt8(ascii: "\\") {
                bytes.append(byte)
            } else if let escaped = rest.popFirst() {
                bytes.append(escaped)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
