import Analytics

/// The properties of a hit as a compact JSON object that PostgreSQL's `jsonb` takes.
///
/// The first of a repeated name counts. A nested value becomes a text, its JSON without blanks. Left out are what is
/// beyond the limits and cannot be cut, empty names, texts that are not valid UTF-8 or contain a NUL, and numbers that
/// are out of the range of floating-point numbers by far.
struct Properties {
    static let limit = 30
    /// The most characters (Unicode scalars) of a name.
    static let charactersOfName = 300
    /// The most characters (Unicode scalars) of a value.
    static let charactersOfValue = 2_000
    /// The most digits of a number, and its greatest exponent: far from what `numeric` cannot hold.
    private static let rangeOfNumbers = 400

    /// True if anything has been cut or left out.
    private(set) var isTrimmed = false
    private var names: [String] = []
    private var members: [UInt8] = []

    /// The object; nil without properties.
    var object: String? {
        names.isEmpty ? nil : "{" + String(decoding: members, as: UTF8.self) + "}"
    }

    /// Adds the members of an object, or nothing if the bytes are not one.
    mutating func add(object bytes: Span<UInt8>) {
        var scanner = JSONScanner(position: 0, end: bytes.count)
        var added = self
        do throws(Rejection) {
            guard scanner.isAtObject(in: bytes) else { throw Rejection(.body, .notObject) }
            try scanner.members(in: bytes) { name, value in
                // A name that cannot be decoded is left out like an empty one.
                added.add(Self.text(name, in: bytes) ?? "", value, in: bytes)
            }
            guard scanner.isAtEnd(in: bytes) else { throw Rejection(.body, .malformedJSON) }
            self = added
        } catch {
            isTrimmed = true
        }
    }

    /// Adds a property; a value of nil is null.
    mutating func add(_ name: String, _ value: FieldValue?, in bytes: Span<UInt8>) {
        let shortName = name.cut(toCharacters: Self.charactersOfName)
        guard !names.contains(where: { $0.utf8.elementsEqual(shortName.utf8) }) else { return }
        guard !shortName.isEmpty, !shortName.utf8.contains(0), names.count < Self.limit,
            let written = json(value, in: bytes)
        else {
            isTrimmed = true
            return
        }
        if shortName.utf8.count < name.utf8.count { isTrimmed = true }
        if !names.isEmpty { members.append(UInt8(ascii: ",")) }
        names.append(shortName)
        members.append(json: shortName)
        members.append(UInt8(ascii: ":"))
        members += written
    }

    /// A value as JSON; nil if it cannot be stored.
    private mutating func json(_ value: FieldValue?, in bytes: Span<UInt8>) -> [UInt8]? {
        guard let value else { return Array("null".utf8) }
        let written = bytes.extracting(value.range)
        switch value.coding {
        case .number:
            return Self.isStorable(number: written) ? written.indices.map { written[$0] } : nil
        case .notText where written[0] == UInt8(ascii: "t") || written[0] == UInt8(ascii: "f"):
            return written.indices.map { written[$0] }
        case .notText:
            var nested: [UInt8] = []
            nested.append(compactJSON: written)
            return nested.span.text.map { json(text: $0) }
        case .plain, .json, .csv, .form:
            return Self.text(value, in: bytes).map { json(text: $0) }
        }
    }

    private mutating func json(text: String) -> [UInt8] {
        let short = text.cut(toCharacters: Self.charactersOfValue)
        if short.utf8.count < text.utf8.count { isTrimmed = true }
        var written: [UInt8] = []
        written.reserveCapacity(short.utf8.count + 2)
        written.append(json: short)
        return written
    }

    private static func text(_ value: FieldValue, in bytes: Span<UInt8>) -> String? {
        // What cannot be decoded is left out like what cannot be stored.
        (try? decoding(value, .body, in: bytes) { (text) throws(Rejection) in text.storableText }) ?? nil
    }

    private static func isStorable(number: Span<UInt8>) -> Bool {
        guard number.count <= rangeOfNumbers else { return false }
        for index in number.indices where number[index] | 0x20 == UInt8(ascii: "e") {
            let isSigned = number[index + 1] < 0x30
            let exponent = number.extracting((index + (isSigned ? 2 : 1))..<number.count)
            return (exponent.wholeNumber ?? .max) <= rangeOfNumbers
        }
        return true
    }
}
