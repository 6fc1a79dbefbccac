import Analytics
import FoundationEssentials

/// A batch on the disk.
///
/// The head has 16 bytes: a mark (4 bytes), the length of the rest (4), the checksum of the rest (4) and the checksum
/// of the head up to here (4). The rest: the time of writing (8 bytes, milliseconds since 1970), 1 if the batch is in
/// doubt or else 0 (1), its id (16), its site (4) and its entries. An entry: the length of its key (1, 0 for none) and
/// the key, the length of its fingerprint (1, 0 for none) and the fingerprint, the length of its answer (4) and the
/// answer, the length of its events (4) and the events. Numbers are big-endian.
///
/// The mark also identifies the layout: under the mark of an earlier release, entries have no fingerprint.
///
/// The head has its own checksum, so that a record with a damaged rest can be skipped by its length.
struct Record: Sendable {
    static let headCount = 16
    /// The mark of a record; its first and last bytes never occur in UTF-8, so no user's name looks like a record.
    static let mark: [UInt8] = [0xFE, 0x48, 0x32, 0xFF]
    /// The mark of records whose entries have no fingerprint.
    static let oldMark: [UInt8] = [0xFE, 0x48, 0x47, 0xFF]

    let batch: Batch
    /// True if the batch has been sent to the database, which may have committed it.
    let isInDoubt: Bool
    let written: Timestamp

    /// The number of parts that can be delivered separately: events without a key, and entries with one.
    var parts: Int { batch.entries.reduce(0) { $0 + ($1.key == nil ? $1.events.count : 1) } }
}

// MARK: Writing

extension Record {
    /// The bytes of the record.
    ///
    /// Entries without a key are combined into one: their requests have been answered.
    var bytes: [UInt8] {
        var rest: [UInt8] = []
        rest.reserveCapacity(64 + batch.count * 32)
        rest.append(bigEndian: Int64(written.milliseconds))
        rest.append(isInDoubt ? 1 : 0)
        rest += batch.id.bytes
        rest.append(bigEndian: batch.site.rawValue)
        let unkeyed = batch.entries.filter { $0.key == nil }.flatMap(\.events)
        if !unkeyed.isEmpty { Self.append(Batch.Entry(events: unkeyed), to: &rest) }
        for entry in batch.entries where entry.key != nil { Self.append(entry, to: &rest) }

        var record = Self.mark
        record.append(bigEndian: UInt32(truncatingIfNeeded: rest.count))
        record.append(bigEndian: CRC32C.checksum(rest.span))
        record.append(bigEndian: CRC32C.checksum(record.span))
        return record + rest
    }

    private static func append(_ entry: Batch.Entry, to bytes: inout [UInt8]) {
        let key = (entry.key?.text ?? "").utf8
        bytes.append(UInt8(truncatingIfNeeded: key.count))
        bytes += key
        bytes.append(entry.fingerprint == nil ? 0 : UInt8(Fingerprint.count))
        bytes += entry.fingerprint?.bytes ?? []
        append(counted: entry.response.utf8, to: &bytes)
        var events: [UInt8] = []
        for event in entry.events { PackedEvents.append(event, to: &events) }
        append(counted: events, to: &bytes)
    }

    private static func append(counted part: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: part.count))
        bytes += part
    }
}

// MARK: Reading

extension Record {
    /// The length of the whole record with this head, in bytes; nil if it is not a valid head.
    static func length(head: Span<UInt8>) -> Int? {
        guard head.count >= headCount, head.begins(with: mark) || head.begins(with: oldMark),
            head.bigEndian(UInt32.self, at: 12) == CRC32C.checksum(head.extracting(0..<12))
        else { return nil }
        return headCount + Int(head.bigEndian(UInt32.self, at: 4))
    }

    /// Reads a record with a valid head; nil if the rest is damaged.
    init?(_ bytes: Span<UInt8>) {
        let rest = bytes.extracting(Self.headCount..<bytes.count)
        guard bytes.bigEndian(UInt32.self, at: 8) == CRC32C.checksum(rest), rest.count >= 29 else { return nil }
        let time = Int(rest.bigEndian(Int64.self, at: 0))
        let id = (9..<25).map { rest[$0] }
        guard (0...Timestamp.latest.milliseconds).contains(time),
            let entries = try? Self.entries(rest.extracting(29..<rest.count), isOld: bytes.begins(with: Self.oldMark)),
            let id = UUID(bytes: id)
        else { return nil }
        written = Timestamp(milliseconds: time)
        isInDoubt = rest[8] == 1
        batch = Batch(id: id, site: SiteID(rawValue: rest.bigEndian(Int32.self, at: 25)), entries: entries)
    }

    private static func entries(_ bytes: Span<UInt8>, isOld: Bool) throws -> [Batch.Entry] {
        var entries: [Batch.Entry] = []
        var index = 0
        /// The range of the next `count` bytes.
        func range(_ count: Int) throws(PackedEvents.Malformed) -> Range<Int> {
            guard count <= bytes.count - index else { throw PackedEvents.Malformed() }
            defer { index += count }
            return index..<(index + count)
        }
        func length() throws(PackedEvents.Malformed) -> Int {
            Int(bytes.bigEndian(UInt32.self, at: try range(4).lowerBound))
        }
        while index < bytes.count {
            let key = try range(Int(bytes[try range(1).lowerBound]))
            let fingerprint = isOld ? 0..<0 : try range(Int(bytes[try range(1).lowerBound]))
            let response = try range(try length())
            let events = try range(try length())
            entries.append(
                Batch.Entry(
                    events: try PackedEvents.decode(bytes.extracting(events)),
                    key: key.isEmpty ? nil : try IdempotencyKey(parsing: bytes.text(key)),
                    fingerprint: Fingerprint(fingerprint.map { bytes[$0] }),
                    response: bytes.text(response)
                )
            )
        }
        return entries
    }
}

extension Span<UInt8> {
    fileprivate func begins(with mark: [UInt8]) -> Bool { mark.indices.allSatisfy { self[$0] == mark[$0] } }

    fileprivate func text(_ range: Range<Int>) -> String {
        String(decoding: range.map { self[$0] }, as: UTF8.self)
    }
}

extension UUID {
    fileprivate var bytes: [UInt8] {
        let b = uuid
        return [b.0, b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8, b.9, b.10, b.11, b.12, b.13, b.14, b.15]
    }

    fileprivate init?(bytes b: [UInt8]) {
        guard b.count == 16 else { return nil }
        self.init(
            uuid: (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15])
        )
    }
}
