/// Reads an array as PostgreSQL writes it: `{1,NULL,"with \"quotes\""}`, or `[0:1]={1,2}` if its indices start elsewhere.
struct ArrayParser {
    /// The most dimensions that PostgreSQL allows.
    private static let mostDimensions = 6

    private let element: PostgresType
    private var rest: ArraySlice<UInt8>

    /// Reads a whole text.
    static func array(_ text: String, of element: PostgresType) throws(PostgresDecodingError) -> PostgresValue {
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "=")) {
            bytes = bytes[(end + 1)...]
        }
        var parser = ArrayParser(element: element, rest: bytes)
        let value = try parser.list(depth: 1)
        guard parser.rest.isEmpty else { throw malformed }
        return value
    }

    private static let malformed = PostgresDecodingError(reason: "an array in another form")

    private mutating func list(depth: Int) throws(PostgresDecodingError) -> PostgresValue {
        guard depth <= Self.mostDimensions, skip("{") else { throw Self.malformed }
        var values: [PostgresValue] = []
        if skip("}") { return .array(values) }
        repeat {
            switch rest.first {
            case UInt8(ascii: "{"): values.append(try list(depth: depth + 1))
            case UInt8(ascii: "\""): values.append(try PostgresValue(text: try quoted(), type: element))
            default: values.append(try bare())
            }
        } while skip(",")
        guard skip("}") else { throw Self.malformed }
        return .array(values)
    }

    /// Reads an element without quotes, which has none of the characters that need them.
    private mutating func bare() throws(PostgresDecodingError) -> PostgresValue {
        let bytes = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
        rest = rest[bytes.endIndex...]
        let text = try Self.text(bytes)
        return text == "NULL" ? .null : try PostgresValue(text: text, type: element)
    }

    /// Reads an element in quotes, in which a backslash stands before a quote or another backslash.
    private mutating func quoted() throws(PostgresDecodingError) -> String {
        var bytes: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            if let escaped = rest.popFirst() { bytes.append(escaped) }
        }
        return try Self.text(bytes)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func text(_ bytes: some Collection<UInt8>) throws(PostgresDecodingError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed }
        return text
    }
}
