import Analytics

/// The events of a batch as servers hand them to each other.
///
/// Each is its time (8 bytes, milliseconds since 1970), its kind (2), the length of its user (2) and the user, the most
/// significant byte first.
enum LiveEvents {
    struct Malformed: Error {}

    static func encode(_ event: Event, into bytes: inout [UInt8]) {
        let user = event.user.text.utf8
        append(UInt64(bitPattern: Int64(event.time.milliseconds)), 8, to: &bytes)
        append(UInt64(UInt16(bitPattern: event.kind.rawValue)), 2, to: &bytes)
        append(UInt64(user.count), 2, to: &bytes)
        bytes.append(contentsOf: user)
    }

    /// - Throws: `Malformed` for bytes that no server has written, or one of another version.
    static func decode(_ bytes: [UInt8]) throws -> [Event] {
        var events: [Event] = []
        var index = 0
        while index < bytes.count {
            guard bytes.count - index >= 12 else { throw Malformed() }
            let time = Int64(bitPattern: number(bytes[index..<(index + 8)]))
            let kind = Event.Kind(rawValue: Int16(truncatingIfNeeded: number(bytes[(index + 8)..<(index + 10)])))
            let end = index + 12 + Int(number(bytes[(index + 10)..<(index + 12)]))
            guard let kind, end <= bytes.count else { throw Malformed() }
            let user = try User(parsing: bytes.span.extracting((index + 12)..<end))
            events.append(Event(time: Timestamp(milliseconds: Int(time)), user: user, kind: kind))
            index = end
        }
        return events
    }

    private static func append(_ number: UInt64, _ count: UInt64, to bytes: inout [UInt8]) {
        for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
