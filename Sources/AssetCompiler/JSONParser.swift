/// Reads one JSON document (RFC 8259); a key that an object has twice is an error.
struct JSONParser {
    private let bytes: [UInt8]
    private let file: String
    private var index = 0

    private init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// Reads the content of a file, whose name is given for the errors.
    static func parse(_ text: String, file: String) throws(Failure) -> JSON {
        var parser = JSONParser(Array(text.utf8), file: file)
        let value = try parser.value()
        guard parser.next == nil else { throw parser.failure("there is more after the end of the document") }
        return value
    }

    /// The first byte after blanks and newlines.
    private var next: UInt8? {
        mutating get {
            while index < bytes.count, " \t\n\r".utf8.contains(bytes[index]) { index += 1 }
            return index < bytes.count ? bytes[index] : nil
        }
    }

    private mutating func value() throws(Failure) -> JSON {
        switch next {
        case UInt8(ascii: "{"): .object(try object())
        case UInt8(ascii: "["): .array(try array())
        case UInt8(ascii: "\""): .scalar(try string())
        default: .scalar(try word())
        }
    }

    private mutating func object() throws(Failure) -> [JSON.Member] {
        var members: [JSON.Member] = []
        try list(from: "{", to: "}") { parser throws(Failure) in
            guard parser.next == UInt8(ascii: "\"") else { throw parser.failure("a key is expected") }
            let key = String(try parser.string().dropFirst().dropLast())
            guard !key.contains("\\") else { throw parser.failure("the key \(key) has an escape") }
            guard !members.contains(where: { $0.key == key }) else {
                throw parser.failure("the object has the key \(key) twice")
            }
            try parser.take(":")
            members.append(JSON.Member(key: key, value: try parser.value()))
        }
        return members
    }

    private mutating func array() throws(Failure) -> [JSON] {
        var elements: [JSON] = []
        try list(from: "[", to: "]") { parser throws(Failure) in elements.append(try parser.value()) }
        return elements
    }

    /// Reads what stands between two brackets, with a comma between each two.
    private mutating func list(
        from open: Unicode.Scalar,
        to close: Unicode.Scalar,
        element: (inout JSONParser) throws(Failure) -> Void
    ) throws(Failure) {
        try take(open)
        if next != UInt8(ascii: close) {
            try element(&self)
            while next == UInt8(ascii: ",") {
                index += 1
                try element(&self)
            }
        }
        try take(close)
    }

    /// A string with its quotes.
    private mutating func string() throws(Failure) -> String {
        let start = index
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] >= 0x20 else { throw failure("a control character in a string has to be escaped") }
            if bytes[index] == UInt8(ascii: "\\") { try escape() } else { index += 1 }
        }
        guard index < bytes.count else { throw failure("a string is never closed") }
        index += 1
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Passes over a backslash and what belongs to it.
    private mutating func escape() throws(Failure) {
        let rest = String(decoding: bytes[index...].prefix(6), as: UTF8.self)
        guard let match = rest.prefixMatch(of: /\\(["\\\/bfnrt]|u[0-9A-Fa-f]{4})/) else {
            throw failure("a string has an unknown escape")
        }
        index += match.output.0.utf8.count
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() throws(Failure) -> String {
        let start = index
        while index < bytes.count, !" \t\n\r,:[]{}\"".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard text.wholeMatch(of: /true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
            throw failure(text.isEmpty ? "a value is expected" : "\(text) is no value")
        }
        return text
    }

    private mutating func take(_ character: Unicode.Scalar) throws(Failure) {
        guard next == UInt8(ascii: character) else { throw failure("\"\(character)\" is expected") }
        index += 1
    }

    private func failure(_ reason: String) -> Failure {
        let newlines = bytes[..<min(index, bytes.count)].count { $0 == UInt8(ascii: "\n") }
        return Failure(file: file, line: 1 + newlines, reason: reason)
    }
}
