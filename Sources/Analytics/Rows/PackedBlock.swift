/// Events and hits that one server hands to the others, packed.
///
/// A block is a mark (1 byte), the layout (1 byte), the length of the packed events (4 bytes) and the events, and the
/// same for the hits. Blocks follow one another. The first byte of events in an earlier layout, that of a time, is never
/// the mark.
package struct PackedBlock: Sendable {
    private static let mark: UInt8 = 0xFD

    package var events: [Event] = []
    package var hits: [Hit] = []

    package init() {}

    /// The packed form; empty when there is nothing in the block.
    package var bytes: [UInt8] {
        guard !events.isEmpty || !hits.isEmpty else { return [] }
        var bytes = [Self.mark, StoredLayout.current]
        Self.append(events, to: &bytes)
        Self.append(hits, to: &bytes)
        return bytes
    }

    private static func append<Row: StoredRow>(_ rows: [Row], to bytes: inout [UInt8]) {
        var packed: [UInt8] = []
        PackedRows.append(rows, to: &packed)
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: packed.count))
        bytes += packed
    }

    /// Reads blocks, or events in an earlier layout.
    ///
    /// - Parameters:
    ///   - bytes: The packed blocks.
    ///   - site: The site of events in an earlier layout.
    /// - Throws: `StoredLayout.Unknown`, or `MalformedRow`.
    package init(reading bytes: Span<UInt8>, of site: SiteID) throws {
        guard !bytes.isEmpty, bytes[0] == Self.mark else {
            events = try FormerEvents.decode(bytes, of: site)
            return
        }
        var cursor = ByteCursor()
        while cursor.index < bytes.count {
            guard try cursor.integer(UInt8.self, of: bytes) == Self.mark else { throw MalformedRow() }
            let layout = try cursor.integer(UInt8.self, of: bytes)
            guard layout <= StoredLayout.current else { throw StoredLayout.Unknown(layout: layout) }
            let packedEvents = try cursor.takeCounted(of: bytes)
            let packedHits = try cursor.takeCounted(of: bytes)
            events += try PackedRows.decode(bytes.extracting(packedEvents), layout: layout)
            hits += try PackedRows.decode(bytes.extracting(packedHits), layout: layout)
        }
    }
}
