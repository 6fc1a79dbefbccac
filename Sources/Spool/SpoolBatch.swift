package import Analytics
import FoundationEssentials

/// Records of a spool, or a part of a record, that are delivered together.
package struct SpoolBatch: Sendable {
    /// The time at which its first record was written.
    package private(set) var oldest: Timestamp?
    /// The position at which it ends.
    package internal(set) var to: SpoolPosition
    /// True if it is a record that may have been committed already.
    package private(set) var isInDoubt = false

    private let spool: UUID
    /// The position at which it begins.
    let from: SpoolPosition
    private let limit: Int
    private let isCertain: Bool
    private let isAlone: Bool
    private var id = UUID.random()
    /// The rows without a key, those that were written at the same time together.
    private var unkeyed: [Batch.Entry] = []
    private var unkeyedCount = 0
    private var keyed: [Batch.Entry] = []

    init(spool: UUID, from: SpoolPosition, limit: Int, isCertain: Bool, isAlone: Bool = false) {
        self.spool = spool
        self.from = from
        self.limit = limit
        self.isCertain = isCertain
        self.isAlone = isAlone
        to = from
    }

    var isEmpty: Bool { count == 0 }
    var isFull: Bool { isInDoubt || count >= limit || (isAlone && !isEmpty) }

    /// The number of its parts of records: rows without a key, and entries with one.
    package var count: Int { unkeyedCount + keyed.count }

    /// The batch to send to the database.
    package var batch: Batch {
        Batch(id: id, entries: unkeyed + keyed, spoolRange: SpoolRange(spool: spool, from: from, to: to))
    }

    /// The same batch, which is stored without moving the position of the spool.
    var withoutRange: Batch {
        let batch = batch
        return Batch(id: batch.id, entries: batch.entries, isAcknowledged: true)
    }

    /// A batch without events that moves the position of the spool behind this one.
    package var withoutEvents: Batch {
        Batch(entries: [], spoolRange: SpoolRange(spool: spool, from: from, to: to))
    }

    /// Adds as much of the record at `to` as fits; returns false if the record, or a part of it, is left.
    mutating func take(_ record: Record, end: Int) -> Bool {
        // A record in doubt is delivered whole, so one delivered in part is in doubt no longer.
        let isResolved = to == from && (isCertain || from.part > 0)
        if record.isInDoubt && !isResolved { return takeWhole(record, end: end) }
        if isEmpty { oldest = record.written }
        let wanted = min(limit - count, record.parts - to.part)
        take(wanted, of: record)
        let next = to.part + max(0, wanted)
        to = next >= record.parts ? SpoolPosition(record: end) : SpoolPosition(record: to.record, part: next)
        return to.part == 0
    }

    /// Adds a record in doubt to an empty batch: it is sent again unchanged, and so alone.
    private mutating func takeWhole(_ record: Record, end: Int) -> Bool {
        guard isEmpty else { return false }
        isInDoubt = true
        oldest = record.written
        id = record.batch.id
        for entry in record.batch.entries { add(entry) }
        to = SpoolPosition(record: end)
        return true
    }

    private mutating func take(_ wanted: Int, of record: Record) {
        var skipped = to.part
        var wanted = wanted
        for entry in record.batch.entries where wanted > 0 {
            let parts = entry.request == nil ? entry.count : 1
            let skipping = min(skipped, parts)
            skipped -= skipping
            let taking = min(wanted, parts - skipping)
            guard taking > 0 else { continue }
            wanted -= taking
            add(entry.request == nil ? entry[skipping..<(skipping + taking)] : entry)
        }
    }

    private mutating func add(_ entry: Batch.Entry) {
        guard entry.request == nil else { return keyed.append(entry) }
        guard entry.count > 0 else { return }
        unkeyedCount += entry.count
        if let last = unkeyed.last, last.accepted == entry.accepted {
            unkeyed[unkeyed.count - 1] = Batch.Entry(joining: [last, entry])
        } else {
            unkeyed.append(entry)
        }
    }

    /// Skips damaged bytes.
    mutating func skip(to place: Int) {
        to = SpoolPosition(record: place)
    }
}
