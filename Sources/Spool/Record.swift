import Analytics
import FoundationEssentials

/// A batch on the disk.
///
/// The head has 16 bytes: a mark (4 bytes), the length of the rest (4), the checksum of the rest (4) and the checksum
/// of the head up to here (4). The third byte of the mark tells the layout of the rest (`StoredLayout`); the head is
/// the same in all layouts.
///
/// The rest: the time of writing (8 bytes, milliseconds since 1970), 1 if the batch is in doubt or else 0 (1), its id
/// (16) and its entries. An entry: the length of its key (1, 0 for none); if it has one, the key, its site (4), the
/// length of its fingerprint (1, 0 for none), the fingerprint, the length of its response (4) and the response; the
/// length of its packed events (4) and the events, and the same for its hits and its identities. Numbers are big-endian.
///
/// The head has its own checksum, so that a record with a damaged rest can be skipped by its length.
struct Record: Sendable {
    static let headCount = 16
    /// The first byte of the mark; like the last one, it never occurs in UTF-8, so no user's name looks like a record.
    static let firstByte: UInt8 = 0xFE
    /// The third byte of the mark of the first layout.
    private static let firstLayout = UInt8(ascii: "G")

    let batch: Batch
    /// True if the batch has been sent to the database, which may have committed it.
    let isInDoubt: Bool
    let written: Timestamp

    /// The number of parts that can be delivered separately: rows without a key, and entries with one.
    var parts: Int { batch.entries.reduce(0) { $0 + ($1.request == nil ? $1.count : 1) } }

    static func mark(of layout: UInt8) -> [UInt8] {
        [firstByte, UInt8(ascii: "H"), layout == 1 ? firstLayout : UInt8(ascii: "0") &+ layout, 0xFF]
    }

    /// The layout that a mark tells; nil if it is no mark.
    private static func layout(of mark: Span<UInt8>) -> UInt8? {
        let layout = mark[2] == firstLayout ? 1 : mark[2] &- UInt8(ascii: "0")
        guard layout > 0 else { return nil }
        let own = Self.mark(of: layout)
        return own.indices.allSatisfy { mark[$0] == own[$0] } ? layout : nil
    }
}

// MARK: Writing

extension Record {
    /// The bytes of the record.
    ///
    /// Entries without a key are combined into one: their requests have been answered.
    var bytes: [UInt8] {
        var rest: [UInt8] = []
        rest.reserveCapacity(64 + batch.count * 48)
        rest.append(bigEndian: Int64(written.milliseconds))
        rest.append(isInDoubt ? 1 : 0)
        rest += batch.id.bytes
        let unkeyed = batch.entries.filter { $0.request == nil }
        if unkeyed.contains(where: { $0.count > 0 }) {
            Self.append(Batch.Entry(joining: unkeyed), to: &rest)
        }
        for entry in batch.entries where entry.request != nil { Self.append(entry, to: &rest) }

        var record = Self.mark(of: StoredLayout.current)
        record.append(bigEndian: UInt32(truncatingIfNeeded: rest.count))
        record.append(bigEndian: CRC32C.checksum(rest.span))
        record.append(bigEndian: CRC32C.checksum(record.span))
        return record + rest
    }

    private static func append(_ entry: Batch.Entry, to bytes: inout [UInt8]) {
        let key = (entry.request?.key.text ?? "").utf8
        bytes.append(UInt8(truncatingIfNeeded: key.count))
        if let request = entry.request {
            bytes += key
            bytes.append(bigEndian: request.site.rawValue)
            bytes.append(request.fingerprint == nil ? 0 : UInt8(Fingerprint.count))
            bytes += request.fingerprint?.bytes ?? []
            append(counted: request.response.utf8, to: &bytes)
        }
        var rows: [UInt8] = []
        PackedRows.append(entry.events, to: &rows)
        append(counted: rows, to: &bytes)
        rows.removeAll(keepingCapacity: true)
        PackedRows.append(entry.hits, to: &rows)
        append(counted: rows, to: &bytes)
        rows.removeAll(keepingCapacity: true)
        PackedRows.append(entry.identities, to: &rows)
        append(counted: rows, to: &bytes)
    }

    private static func append(counted part: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: part.count))
        bytes += part
    }
}

// MARK: Reading

extension Record {
    /// The facts in the head of a record.
    struct Head {
        /// The length of the whole record in bytes.
        let length: Int
        let layout: UInt8
    }

    /// Reads the head of a record; nil if it is not a valid one.
    static func head(_ bytes: Span<UInt8>) -> Head? {
        guard bytes.count >= headCount, let layout = layout(of: bytes),
            bytes.bigEndian(UInt32.self, at: 12) == CRC32C.checksum(bytes.extracting(0..<12))
        else { return nil }
        return Head(length: headCount + Int(bytes.bigEndian(UInt32.self, at: 4)), layout: layout)
    }

    /// Reads a record with a valid head of a known layout; nil if the rest is damaged.
    init?(_ bytes: Span<UInt8>, layout: UInt8) {
        let rest = bytes.extracting(Self.headCount..<bytes.count)
        guard bytes.bigEndian(UInt32.self, at: 8) == CRC32C.checksum(rest),
            let record = try? Self(rest: rest, layout)
        else { return nil }
        self = record
    }

    private init(rest: Span<UInt8>, _ layout: UInt8) throws(MalformedRow) {
        var cursor = ByteCursor()
        let time = Int(try cursor.integer(Int64.self, of: rest))
        guard (0...Timestamp.latest.milliseconds).contains(time) else { throw MalformedRow() }
        written = Timestamp(milliseconds: time)
        isInDoubt = try cursor.integer(UInt8.self, of: rest) == 1
        guard let id = UUID(bytes: try cursor.take(16, of: rest).map { rest[$0] }) else { throw MalformedRow() }
        let entries =
            layout < StoredLayout.firstOfColumns
            ? try Self.formerEntries(rest, &cursor, layout) : try Self.entries(rest, &cursor, layout)
        batch = Batch(id: id, entries: entries.map { [written] in $0.accepted(at: written) })
    }

    private static func entries(
        _ bytes: Span<UInt8>,
        _ cursor: inout ByteCursor,
        _ layout: UInt8
    ) throws(MalformedRow) -> [Batch.Entry] {
        var entries: [Batch.Entry] = []
        while cursor.index < bytes.count {
            let request = try request(bytes, &cursor)
            let events = try cursor.takeCounted(of: bytes)
            let hits = try cursor.takeCounted(of: bytes)
            let identities = layout >= StoredLayout.identities ? try cursor.takeCounted(of: bytes) : 0..<0
            entries.append(
                Batch.Entry(
                    events: try PackedRows.decode(bytes.extracting(events), layout: layout),
                    hits: try PackedRows.decode(bytes.extracting(hits), layout: layout),
                    identities: try PackedRows.decode(bytes.extracting(identities), layout: layout),
                    request: request
                )
            )
        }
        return entries
    }

    private static func request(
        _ bytes: Span<UInt8>,
        _ cursor: inout ByteCursor
    ) throws(MalformedRow) -> KeyedRequest? {
        let key = try cursor.take(Int(try cursor.integer(UInt8.self, of: bytes)), of: bytes)
        guard !key.isEmpty else { return nil }
        let site = SiteID(rawValue: try cursor.integer(Int32.self, of: bytes))
        let fingerprint = try cursor.take(Int(try cursor.integer(UInt8.self, of: bytes)), of: bytes)
        return KeyedRequest(
            site: site,
            key: try IdempotencyKey(recorded: bytes.text(key)),
            fingerprint: Fingerprint(fingerprint.map { bytes[$0] }),
            response: bytes.text(try cursor.takeCounted(of: bytes))
        )
    }

    /// The entries of layouts before `StoredLayout.firstOfColumns`, which have one site for all and no hits.
    private static func formerEntries(
        _ bytes: Span<UInt8>,
        _ cursor: inout ByteCursor,
        _ layout: UInt8
    ) throws(MalformedRow) -> [Batch.Entry] {
        let site = SiteID(rawValue: try cursor.integer(Int32.self, of: bytes))
        var entries: [Batch.Entry] = []
        while cursor.index < bytes.count {
            let key = try cursor.take(Int(try cursor.integer(UInt8.self, of: bytes)), of: bytes)
            let hasFingerprint = layout >= StoredLayout.fingerprints
            let count = hasFingerprint ? Int(try cursor.integer(UInt8.self, of: bytes)) : 0
            let fingerprint = try cursor.take(count, of: bytes)
            let response = bytes.text(try cursor.takeCounted(of: bytes))
            let events = try FormerEvents.decode(bytes.extracting(try cursor.takeCounted(of: bytes)), of: site)
            var request: KeyedRequest?
            if !key.isEmpty {
                request = KeyedRequest(
                    site: site,
                    key: try IdempotencyKey(recorded: bytes.text(key)),
                    fingerprint: Fingerprint(fingerprint.map { bytes[$0] }),
                    response: response
                )
            }
            entries.append(Batch.Entry(events: events, request: request))
        }
        return entries
    }
}

extension IdempotencyKey {
    fileprivate init(recorded text: String) throws(MalformedRow) {
        guard let key = try? IdempotencyKey(parsing: text) else { throw MalformedRow() }
        self = key
    }
}

extension Span<UInt8> {
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
