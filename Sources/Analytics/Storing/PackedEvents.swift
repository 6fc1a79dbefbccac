/// The binary form of events in the spool and between servers.
///
/// An event is its time (8 bytes, milliseconds since 1970), kind (2 bytes), length of the user (2 bytes) and user, all
/// numbers big-endian.
package enum PackedEvents {
    /// The bytes are damaged, or of another version.
    package struct Malformed: Error {
        package init() {}
    }

    private static let headCount = 12
    private static let times = -3_600_000...Timestamp.latest.milliseconds

    package static func append(_ event: Event, to bytes: inout [UInt8]) {
        let user = event.user.text.utf8
        bytes.append(bigEndian: Int64(event.time.milliseconds))
        bytes.append(bigEndian: event.kind.rawValue)
        bytes.append(bigEndian: UInt16(truncatingIfNeeded: user.count))
        bytes.append(contentsOf: user)
    }

    package static func decode(_ bytes: Span<UInt8>) throws(Malformed) -> [Event] {
        var events: [Event] = []
        var index = 0
        while index < bytes.count {
            guard bytes.count - index >= headCount else { throw Malformed() }
            let time = Int(bytes.bigEndian(Int64.self, at: index))
            let kind = Event.Kind(rawValue: bytes.bigEndian(Int16.self, at: index + 8))
            let start = index + headCount
            let end = start + Int(bytes.bigEndian(UInt16.self, at: index + 10))
            guard let kind, times.contains(time), end <= bytes.count,
                let user = try? User(parsing: bytes.extracting(start..<end))
            else { throw Malformed() }
            events.append(Event(time: Timestamp(milliseconds: time), user: user, kind: kind))
            index = end
        }
        return events
    }
}
