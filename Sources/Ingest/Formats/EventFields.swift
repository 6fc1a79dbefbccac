package import Analytics

/// Where the fields of an event lie in the bytes that came in, before anything is copied.
package struct EventFields: Sendable {
    /// How a value is written.
    package enum Coding: Sendable {
        case plain
        /// `+` is a blank, `%2B` a plus.
        case form
        /// With backslashes, without the quotes around it.
        case json
        /// With doubled quotes, without the quotes around it.
        case csv
        /// Something that no text can be read from, such as a JSON array.
        case notText
    }

    package struct Value: Sendable {
        package let range: Range<Int>
        package let coding: Coding

        package init(_ range: Range<Int>, _ coding: Coding) {
            self.range = range
            self.coding = coding
        }
    }

    package var timestamp: Value?
    package var user: Value?
    package var event: Value?

    /// True if none of the three was found.
    package var isEmpty: Bool { timestamp == nil && user == nil && event == nil }

    package init() {}

    /// Notes a value under its key; the first of a repeated key wins, unknown keys are ignored.
    package mutating func note(_ value: Value, key: Span<UInt8>) {
        if timestamp == nil, key.equals("timestamp") {
            timestamp = value
        } else if user == nil, key.equals("user") {
            user = value
        } else if event == nil, key.equals("event") {
            event = value
        }
    }
}

extension Event {
    /// Reads an event from its three fields, in this order: the first that is at fault is the one reported.
    package init(
        _ fields: EventFields,
        in bytes: Span<UInt8>,
        accepting times: ClosedRange<Timestamp>
    ) throws(Rejection) {
        let time = try decoding(fields.timestamp, .timestamp, in: bytes) { (digits) throws(Rejection) in
            let time = try Timestamp.Written(parsing: digits).timestamp
            guard time >= times.lowerBound else { throw Rejection(.timestamp, .beforeEarliest) }
            guard time <= times.upperBound else { throw Rejection(.timestamp, .afterLatest) }
            return time
        }
        let user = try decoding(fields.user, .user, in: bytes) { (bytes) throws(Rejection) in try User(parsing: bytes) }
        let kind = try decoding(fields.event, .event, in: bytes) { (bytes) throws(Rejection) in
            try Kind(parsing: bytes)
        }
        self.init(time: time, user: user, kind: kind)
    }
}

/// Lends the bytes of a value as they were meant; copies only what is written with escapes.
package func decoding<R>(
    _ value: EventFields.Value?,
    _ field: Rejection.Field,
    in bytes: Span<UInt8>,
    _ body: (Span<UInt8>) throws(Rejection) -> R
) throws(Rejection) -> R {
    guard let value else { throw Rejection(field, .missing) }
    let written = bytes.extracting(value.range)
    if value.coding == .plain { return try body(written) }
    let decoded = try decode(written, value.coding, field)
    let result = try body(decoded.span)
    return result
}

private func decode(
    _ written: Span<UInt8>,
    _ coding: EventFields.Coding,
    _ field: Rejection.Field
) throws(Rejection) -> [UInt8] {
    let decoded: [UInt8]?
    switch coding {
    case .plain, .notText: throw Rejection(field, .notText)
    case .csv: return unquotingCSV(written)
    case .form: decoded = percentDecoding(written)
    case .json: decoded = unescapingJSON(written)
    }
    guard let decoded else {
        throw Rejection(field, coding == .form ? .invalidPercentEncoding : .invalidUTF8)
    }
    return decoded
}
