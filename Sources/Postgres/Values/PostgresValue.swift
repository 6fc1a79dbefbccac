package import FoundationEssentials

/// A value of any type of PostgreSQL.
package enum PostgresValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// A smallint, integer, bigint or oid.
    case integer(Int)
    /// A double precision, or the shortest decimal number that is nearest to a real.
    case double(Double)
    case numeric(PostgresNumeric)
    case text(String)
    case bytes([UInt8])
    case uuid(UUID)
    case date(PostgresDate)
    /// A date and time without a time zone.
    case timestamp(PostgresTimestamp)
    case timestamptz(PostgresTimestamp)
    /// A json or jsonb.
    case json(PostgresJSON)
    /// An array, whose elements are arrays themselves if it has more than one dimension.
    case array([PostgresValue])
}

extension PostgresValue {
    /// Reads a value as PostgreSQL writes it.
    ///
    /// A value of a type that is not listed here is a text.
    init(text: String, type: PostgresType) throws(PostgresDecodingError) {
        if let element = type.element {
            self = try ArrayParser.array(text, of: element)
            return
        }
        guard let value = Self.scalar(text, type) else {
            throw PostgresDecodingError(reason: "a value of the type with oid \(type.rawValue) in another form")
        }
        self = value
    }

    private static func scalar(_ text: String, _ type: PostgresType) -> PostgresValue? {
        switch type {
        case .boolean: text == "t" ? .boolean(true) : text == "f" ? .boolean(false) : nil
        case .smallint, .integer, .bigint, .oid: Int(text).map { .integer($0) }
        case .real, .double: Double(text).map { .double($0) }
        case .numeric: PostgresNumeric(text).map { .numeric($0) }
        case .bytea: bytes(text).map { .bytes($0) }
        case .uuid: UUID(uuidString: text).map { .uuid($0) }
        case .date: PostgresDate(text: text).map { .date($0) }
        case .timestamp: PostgresTimestamp(text: text).map { .timestamp($0) }
        case .timestamptz: PostgresTimestamp(text: text).map { .timestamptz($0) }
        case .json, .jsonb: .json(PostgresJSON(text))
        default: .text(text)
        }
    }

    /// Reads a bytea as hexadecimal digits after `\x`.
    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.dropFirst(2).map { Character(UnicodeScalar($0)).hexDigitValue }
        guard text.hasPrefix("\\x"), digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high * 16 + low))
        }
        return bytes
    }
}
