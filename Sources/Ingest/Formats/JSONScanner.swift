import Analytics

/// A scanner for JSON (RFC 8259) that finds the fields of a record, and only validates and skips everything else.
///
/// A general decoder would build a tree for each line, at a higher cost than all other work on it.
struct JSONScanner {
    /// The deepest nesting of arrays and objects in skipped values.
    private static let maximumDepth = 32
    private static let malformed = Rejection(.body, .malformedJSON)

    private(set) var position: Int
    private let end: Int

    init(position: Int, end: Int) {
        self.position = position
        self.end = end
    }

    /// True if only whitespace is left.
    mutating func isAtEnd(in bytes: Span<UInt8>) -> Bool {
        skipSpace(in: bytes)
        return position == end
    }

    /// True if the next value is an object.
    mutating func isAtObject(in bytes: Span<UInt8>) -> Bool {
        skipSpace(in: bytes)
        return peek(in: bytes) == UInt8(ascii: "{")
    }

    /// The fields of an object that is the whole text.
    mutating func only<Fields: RecordFields>(in bytes: Span<UInt8>) throws(Rejection) -> Fields {
        let fields: Fields? = try fields(in: bytes)
        guard isAtEnd(in: bytes) else { throw Self.malformed }
        guard let fields else { throw Rejection(.body, .notObject) }
        return fields
    }

    /// The fields of the next value; nil if it is not an object.
    mutating func fields<Fields: RecordFields>(in bytes: Span<UInt8>) throws(Rejection) -> Fields? {
        guard isAtObject(in: bytes) else {
            _ = try value(in: bytes, depth: 0)
            return nil
        }
        var fields = Fields()
        try members(in: bytes) { key, value in
            // A key with escapes is compared as it is written, and so is none of the known ones.
            if let value { fields.note(value, key: bytes.extracting(key.range)) }
        }
        return fields
    }

    /// Enters an array: true if it has an element, false if it is empty, nil if the next value is not an array.
    mutating func beginArray(in bytes: Span<UInt8>) throws(Rejection) -> Bool? {
        skipSpace(in: bytes)
        guard take(UInt8(ascii: "["), in: bytes) else { return nil }
        skipSpace(in: bytes)
        return !take(UInt8(ascii: "]"), in: bytes)
    }

    /// Skips the separator after an array's element; true if another element follows, false at the end of the array.
    mutating func nextElement(in bytes: Span<UInt8>) throws(Rejection) -> Bool {
        skipSpace(in: bytes)
        if take(UInt8(ascii: ","), in: bytes) { return true }
        guard take(UInt8(ascii: "]"), in: bytes) else { throw Self.malformed }
        return false
    }

    /// Calls `body` for each member of the object that is next; the value is nil for null.
    mutating func members(
        in bytes: Span<UInt8>,
        _ body: (_ key: FieldValue, _ value: FieldValue?) -> Void
    ) throws(Rejection) {
        try object(in: bytes, depth: 0, body)
    }

    /// Scans any value; nil for null.
    private mutating func value(in bytes: Span<UInt8>, depth: Int) throws(Rejection) -> FieldValue? {
        skipSpace(in: bytes)
        let start = position
        switch peek(in: bytes) {
        case UInt8(ascii: "\""):
            return try string(in: bytes)
        case UInt8(ascii: "{"):
            try object(in: bytes, depth: depth + 1) { _, _ in }
        case UInt8(ascii: "["):
            try array(in: bytes, depth: depth + 1)
        case UInt8(ascii: "t"): try word("true", in: bytes)
        case UInt8(ascii: "f"): try word("false", in: bytes)
        case UInt8(ascii: "n"):
            try word("null", in: bytes)
            return nil
        default:
            try number(in: bytes)
            return FieldValue(start..<position, .number)
        }
        return FieldValue(start..<position, .notText)
    }

    private mutating func object(
        in bytes: Span<UInt8>,
        depth: Int,
        _ body: (_ key: FieldValue, _ value: FieldValue?) -> Void
    ) throws(Rejection) {
        guard depth <= Self.maximumDepth, take(UInt8(ascii: "{"), in: bytes) else { throw Self.malformed }
        skipSpace(in: bytes)
        if take(UInt8(ascii: "}"), in: bytes) { return }
        while true {
            skipSpace(in: bytes)
            let key = try string(in: bytes)
            skipSpace(in: bytes)
            guard take(UInt8(ascii: ":"), in: bytes) else { throw Self.malformed }
            let value = try value(in: bytes, depth: depth)
            body(key, value)
            skipSpace(in: bytes)
            if take(UInt8(ascii: "}"), in: bytes) { return }
            guard take(UInt8(ascii: ","), in: bytes) else { throw Self.malformed }
        }
    }

    private mutating func array(in bytes: Span<UInt8>, depth: Int) throws(Rejection) {
        guard depth <= Self.maximumDepth, var more = try beginArray(in: bytes) else { throw Self.malformed }
        while more {
            _ = try value(in: bytes, depth: depth)
            more = try nextElement(in: bytes)
        }
    }

    private mutating func string(in bytes: Span<UInt8>) throws(Rejection) -> FieldValue {
        guard take(UInt8(ascii: "\""), in: bytes) else { throw Self.malformed }
        let start = position
        var coding = FieldValue.Coding.plain
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return FieldValue(start..<position - 1, coding)
            case UInt8(ascii: "\\"):
                coding = .json
                position += 1
                try escape(in: bytes)
            case 0..<0x20: throw Self.malformed
            default: position += 1
            }
        }
        throw Self.malformed
    }

    /// Validates the escape after a backslash.
    private mutating func escape(in bytes: Span<UInt8>) throws(Rejection) {
        guard position < end else { throw Self.malformed }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                guard position < end, hexDigit(bytes[position]) != nil else { throw Self.malformed }
                position += 1
            }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            break
        default: throw Self.malformed
        }
    }

    private mutating func number(in bytes: Span<UInt8>) throws(Rejection) {
        _ = take(UInt8(ascii: "-"), in: bytes)
        // No leading zeros: 01 is invalid.
        if !take(UInt8(ascii: "0"), in: bytes) { try digits(in: bytes) }
        if take(UInt8(ascii: "."), in: bytes) { try digits(in: bytes) }
        guard take(UInt8(ascii: "e"), in: bytes) || take(UInt8(ascii: "E"), in: bytes) else { return }
        _ = take(UInt8(ascii: "+"), in: bytes) || take(UInt8(ascii: "-"), in: bytes)
        try digits(in: bytes)
    }

    private mutating func digits(in bytes: Span<UInt8>) throws(Rejection) {
        let start = position
        while position < end, (0x30...0x39).contains(bytes[position]) { position += 1 }
        guard position > start else { throw Self.malformed }
    }

    private mutating func word(_ word: String, in bytes: Span<UInt8>) throws(Rejection) {
        let length = word.utf8.count
        guard position + length <= end, bytes.extracting(position..<position + length).equals(word) else {
            throw Self.malformed
        }
        position += length
    }

    private mutating func skipSpace(in bytes: Span<UInt8>) {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private func peek(in bytes: Span<UInt8>) -> UInt8? {
        position < end ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
        guard peek(in: bytes) == byte else { return false }
        position += 1
        return true
    }
}
