package import Analytics
import FoundationEssentials

/// Records of a spool, or a part of one, that are delivered together.
package struct SpoolBatch: Sendable {
    /// When the first of it was written.
    package private(set) var oldest: Timestamp?
    /// Where it ends.
    package internal(set) var to: SpoolPosition
    /// Whether it is a record that may have been committed.
    package private(set) var isInDoubt = false

    private let spool: UUID
    /// The position at which it begins.
    let from: SpoolPosition
    private let limit: Int
    private let isCertain: Bool
    private let isAlone: Bool
    private var id = UUID()
    private var site: SiteID?
    private var events: [Event] = []
    private var keyed: [Batch.Entry] = []

    init(spool: UUID, from: SpoolPosition, limit: Int, isCertain: Bool, isAlone: Bool = false) {
        self.spool = spool
        self.from = from
        self.limit = limit
        self.isCertain = isCertain
        self.isAlone = isAlone
        to = from
    }

    var isEmpty: Bool { events.isEmpty && keyed.isEmpty }
    var isFull: Bool { isInDoubt || count >= limit || (isAlone && !isEmpty) }

    /// How many parts of records it has: events without a key, and entries with one.
    package var count: Int { events.count + keyed.count }

    /// As it is sent to the database.
    package var batch: Batch {
        let unkeyed = events.isEmpty ? [] : [Batch.Entry(events: events)]
        return Batch(
            id: id,
            site: site ?? Site.standard,
            entries: unkeyed + keyed,
            spoolRange: SpoolRange(spool: spool, from: from, to: to)
        )
    }

    /// The same to be stored without moving the position.
    var withoutRange: Batch {
        let batch = batch
        return Batch(id: batch.id, site: batch.site, entries: batch.entries, isAcknowledged: true)
    }

    /// A batch without events that moves the position behind this group.
    package var withoutEvents: Batch {
        Batch(site: site ?? Site.standard, entries: [], spoolRange: SpoolRange(spool: spool, from: from, to: to))
    }

    /// Takes what fits of the record at `to`; false when it has to be left for the next group, or a part of it.
    mutating func take(_ record: Record, end: Int) -> Bool {
        guard isEmpty || site == record.batch.site else { return false }
        // What has been delivered in part was not in doubt any more.
        let isResolved = to == from && (isCertain || from.part > 0)
        if record.isInDoubt && !isResolved { return takeWhole(record, end: end) }
        if isEmpty { oldest = record.written }
        site = record.batch.site
        let wanted = min(limit - count, record.parts - to.part)
        take(wanted, of: record)
        let next = to.part + max(0, wanted)
        to = next >= record.parts ? SpoolPosition(record: end) : SpoolPosition(record: to.record, part: next)
        return to.part == 0
    }

    /// Takes a record in doubt, which is sent again as it was, and so alone.
    private mutating func takeWhole(_ record: Record, end: Int) -> Bool {
        guard isEmpty else { return false }
        isInDoubt = true
        oldest = record.written
        id = record.batch.id
        site = record.batch.site
        events = record.batch.entries.filter { $0.key == nil }.flatMap(\.events)
        keyed = record.batch.entries.filter { $0.key != nil }
        to = SpoolPosition(record: end)
        return true
    }

    private mutating func take(_ wanted: Int, of record: Record) {
        var skipped = to.part
        var wanted = wanted
        for entry in record.batch.entries where wanted > 0 {
            let parts = entry.key == nil ? entry.events.count : 1
            let skipping = min(skipped, parts)
            skipped -= skipping
            let taking = min(wanted, parts - skipping)
            guard taking > 0 else { continue }
            wanted -= taking
            if entry.key == nil {
                events += entry.events[skipping..<(skipping + taking)]
            } else {
                keyed.append(entry)
            }
        }
    }

    /// Leaves out what is damaged.
    mutating func skip(to place: Int) {
        to = SpoolPosition(record: place)
    }
}
