/// The form of events in layouts before `StoredLayout.firstOfColumns`.
///
/// An event is its time (8 bytes, milliseconds since 1970), kind (2 bytes), length of the user (2 bytes) and user, all
/// numbers big-endian. The site is that of the batch.
package enum FormerEvents {
    private static let headCount = 12

    package static func decode(_ bytes: Span<UInt8>, of site: SiteID) throws(MalformedRow) -> [Event] {
        var events: [Event] = []
        var index = 0
        while index < bytes.count {
            guard bytes.count - index >= headCount else { throw MalformedRow() }
            let time = Int(bytes.bigEndian(Int64.self, at: index))
            let kind = Event.Kind(rawValue: bytes.bigEndian(Int16.self, at: index + 8))
            let start = index + headCount
            let end = start + Int(bytes.bigEndian(UInt16.self, at: index + 10))
            guard let kind, PackedRows.times.contains(time), end <= bytes.count,
                let user = try? User(parsing: bytes.extracting(start..<end))
            else { throw MalformedRow() }
            events.append(Event(time: Timestamp(milliseconds: time), user: user, kind: kind, site: site))
            index = end
        }
        return events
    }
}
