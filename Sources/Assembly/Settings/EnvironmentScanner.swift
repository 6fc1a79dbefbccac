/// A scanner that reads the assignments of an environment file, one after the other.
struct EnvironmentScanner {
    private var rest: ArraySlice<UInt8>
    private var line = 1
    /// The line and the name of the current assignment, for an error.
    private var start = 1
    private var name: String?

    /// - Parameter text: UTF-8 in which every line ends with a newline alone.
    init(_ text: ArraySlice<UInt8>) {
        rest = text
    }

    /// The next assignment; nil at the end.
    mutating func assignment() throws(EnvironmentFile.Malformed) -> (name: String, value: String)? {
        skipBlanks()
        while let byte = rest.first, byte == .newline || byte == .hash || byte == UInt8(ascii: ";") {
            if byte == .newline { advance() } else { skipLine() }
            skipBlanks()
        }
        guard !rest.isEmpty else { return nil }
        let name = try assignedName()
        return (name, try value())
    }

    /// Reads a name and the `=` behind it.
    private mutating func assignedName() throws(EnvironmentFile.Malformed) -> String {
        (start, name) = (line, nil)
        var text = takeName()
        let isKeyword = skipBlanks() && text == "export"
        if isKeyword, let byte = rest.first, byte.isInName {
            text = takeName()
            skipBlanks()
        }
        guard rest.first == UInt8(ascii: "="), let first = text.utf8.first, !first.isDigit else {
            throw malformed("is no assignment NAME=value")
        }
        advance()
        name = text
        return text
    }

    private mutating func value() throws(EnvironmentFile.Malformed) -> String {
        let isBehindBlank = skipBlanks()
        let bytes =
            switch rest.first {
            case UInt8(ascii: "'")?: try quoted { _ in nil }
            case UInt8(ascii: "\"")?: try quoted(escape: Self.escaped)
            default: unquoted(after: isBehindBlank ? .blank : nil)
            }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func unquoted(after first: UInt8?) -> [UInt8] {
        var previous = first
        var bytes: [UInt8] = []
        while let byte = rest.first, byte != .newline {
            if byte == .hash, previous?.isBlank == true { break }
            bytes.append(byte)
            previous = byte
            advance()
        }
        skipLine()
        while bytes.last?.isBlank == true { bytes.removeLast() }
        return bytes
    }

    /// Reads as far as the closing quote; `escape` is the meaning of a character behind a backslash, nil where the
    /// backslash stands for itself.
    private mutating func quoted(escape: (UInt8) -> UInt8?) throws(EnvironmentFile.Malformed) -> [UInt8] {
        let quote = rest.first
        advance()
        var bytes: [UInt8] = []
        while let byte = rest.first, byte != quote {
            advance()
            if byte == UInt8(ascii: "\\"), let escaped = rest.first.flatMap(escape) {
                bytes.append(escaped)
                advance()
            } else {
                bytes.append(byte)
            }
        }
        guard !rest.isEmpty else { throw malformed("the quote is not closed") }
        advance()
        let isBehindBlank = skipBlanks()
        guard rest.isEmpty || rest.first == .newline || (rest.first == .hash && isBehindBlank) else {
            throw malformed("something stands behind the closing quote")
        }
        skipLine()
        return bytes
    }

    private static func escaped(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "n"): .newline
        case UInt8(ascii: "r"): UInt8(ascii: "\r")
        case UInt8(ascii: "t"): UInt8(ascii: "\t")
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"): byte
        default: nil
        }
    }

    private func malformed(_ reason: String) -> EnvironmentFile.Malformed {
        EnvironmentFile.Malformed(line: start, name: name, reason: reason)
    }
}

// The primitives of the scanner.
extension EnvironmentScanner {
    private mutating func advance() {
        if rest.popFirst() == .newline { line += 1 }
    }

    /// Skips blanks and tabs; returns true if there were any.
    @discardableResult
    private mutating func skipBlanks() -> Bool {
        let count = rest.count
        rest = rest.drop(while: \.isBlank)
        return rest.count < count
    }

    /// Skips what is left of a line, without its end.
    private mutating func skipLine() {
        rest = rest.drop { $0 != .newline }
    }

    private mutating func takeName() -> String {
        let name = rest.prefix(while: \.isInName)
        rest = rest.dropFirst(name.count)
        return String(decoding: name, as: UTF8.self)
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    fileprivate static let blank = UInt8(ascii: " ")
    fileprivate static let hash = UInt8(ascii: "#")

    fileprivate var isBlank: Bool { self == .blank || self == UInt8(ascii: "\t") }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isInName: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
    }
}
