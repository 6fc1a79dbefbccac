import Analytics
import Columns
import Postgres

/// The parts of a batch of queries, some visitors after others: as many at a time as there is memory for.
///
/// It reads the days that are not kept in memory for each of them, so questions beyond the memory take longer, and no more
/// of it. All of it happens in one transaction, as of one moment.
struct PartSlices {
    private let connection: Connection
    private let batch: QueryBatch
    /// The most memory for the parts, in bytes.
    private let limit: Int
    private let storing: Pool
    private let record: WorkRecord<PartWork>
    private let workers: ScanWorkers
    private let start = ContinuousClock.now
    /// The first visitor of the next slice; nil at the end.
    private var lower: UInt64? = 0
    /// The number of visitors of a slice, less one.
    private var width = UInt64.max
    /// The parts that are kept in memory, and while they are looked at those that were read last, with all texts.
    private(set) var known: SiteParts?
    /// The days of parts that are kept in memory, as long as they are not divided.
    private var kept: Set<Int> = []
    /// The memory for further parts to keep, in bytes.
    private var room: Int

    /// The least number of visitors of a slice, less one: there are at most 64 slices.
    private static let leastWidth = UInt64.max >> 6
    /// The longest time for an answer.
    private static let longest: Duration = .seconds(60)
    /// The most days that are read together.
    private static let mostDays = 16

    /// - Parameters:
    ///   - connection: A connection within a transaction that sees one moment.
    ///   - batch: The queries.
    ///   - memory: The parts that are kept in memory, as they were before the transaction.
    ///   - limit: The most memory for the parts, in bytes.
    ///   - storing: The connections that store parts.
    ///   - record: Counts what is read.
    ///   - workers: The threads that unpack stored parts.
    init(
        _ connection: Connection,
        _ batch: QueryBatch,
        _ memory: PartMemory,
        limit: Int,
        storing: Pool,
        record: WorkRecord<PartWork>,
        workers: ScanWorkers
    ) {
        (self.connection, self.batch, self.limit) = (connection, batch, limit)
        (self.storing, self.record, self.workers) = (storing, record, workers)
        (known, room) = (memory.parts, memory.room)
    }

    /// Brings the parts that are kept in memory up to date.
    mutating func begin() async throws {
        if let parts = known { known = try await refresh(batch.days).partsAsOfOneMoment(parts, isReading: false) }
        kept = known.map { Set($0.days.keys) } ?? []
    }

    /// Reads the next slice.
    ///
    /// - Returns: The parts with these visitors alone, and the visitors; nil at the end.
    /// - Throws: A `PostgresError`, or a `QueryError` if it takes too long, or too many slices.
    mutating func next() async throws -> (timeline: Timeline, visitors: ClosedRange<UInt64>)? {
        guard let lower else { return nil }
        var (parts, bytes): ([Part], Int) = ([], 0)
        var (first, count) = (batch.days.lowerBound, 1)
        while first <= batch.days.upperBound {
            guard start.duration(to: .now) < Self.longest else { throw QueryError.tooSlow }
            let days = first...min(first + count - 1, batch.days.upperBound)
            let whole = try await read(days)
            parts += whole.map { slice($0, from: lower) }
            bytes = self.bytes(of: parts)
            while bytes > limit {
                guard width > Self.leastWidth else { throw QueryError.invalid(.hits) }
                width >>= 1
                parts = parts.map { slice($0, from: lower) }
                bytes = self.bytes(of: parts)
            }
            let isMuch = whole.reduce(0) { $0 + (kept.contains($1.day) ? 0 : $1.bytes) } > limit / 8
            count = isMuch ? max(count / 2, 1) : min(count * 2, Self.mostDays)
            first = days.upperBound + 1
        }
        let visitors = lower...(lower + width)
        self.lower = visitors.upperBound < .max ? visitors.upperBound + 1 : nil
        guard let known else { return nil }
        return (Timeline(parts, known.texts.lexicon, dates: known.dates.borders), visitors)
    }

    private func slice(_ part: Part, from lower: UInt64) -> Part {
        width == .max ? part : part.slice(lower...(lower + width), withLoose: lower == 0)
    }

    /// The memory that parts take besides those that are kept in memory.
    private func bytes(of parts: [Part]) -> Int {
        parts.reduce(0) { $0 + (width == .max && kept.contains($1.day) ? 0 : $1.bytes) }
    }

    private func refresh(_ days: ClosedRange<Int>) -> PartRefresh {
        PartRefresh(
            connection: connection,
            site: batch.site,
            days: days,
            withBots: batch.includesBots,
            limit: .max,
            record: record,
            workers: workers
        )
    }

    /// The parts of some days, with all visitors.
    private mutating func read(_ days: ClosedRange<Int>) async throws -> [Part] {
        let refresh = refresh(days)
        var parts = try await refresh.partsAsOfOneMoment(known)
        // Reading may end before all are there.
        while !parts.missing(of: days).isEmpty { parts = try await refresh.partsAsOfOneMoment(parts) }
        try await store(parts)
        let found = days.compactMap { parts.days[$0]?.part }
        for day in days where !kept.contains(day) {
            let bytes = parts.days[day]?.bytes ?? 0
            if bytes <= room {
                kept.insert(day)
                room -= bytes
            } else {
                parts.remove(day)
            }
        }
        known = parts
        return found
    }

    /// Stores what had to be built from rows, for the next slice and for other questions.
    private func store(_ parts: SiteParts) async throws {
        let today = Timestamp.now.milliseconds / Part.length
        for (day, part) in parts.days where part.changes > 0 && day < today && !batch.includesBots {
            // Maintenance stores those that are kept in memory.
            guard !kept.contains(day) else { continue }
            try await UnstoredPart(site: batch.site, day: day, kept: part, parts: parts).store(by: storing)
        }
    }
}
