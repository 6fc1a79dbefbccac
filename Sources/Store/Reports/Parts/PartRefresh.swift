import Analytics
import Columns
import Postgres

/// The reading of the parts of a site from the database, as of one moment.
struct PartRefresh: Sendable {
    let connection: Connection
    let site: SiteID
    /// The days that are wanted, in days since 1970.
    let days: ClosedRange<Int>
    /// True to read the hits of machines too.
    let withBots: Bool
    /// The most memory for the parts of a question, in bytes.
    let limit: Int
    let record: WorkRecord<PartWork>
    /// The threads that unpack stored parts.
    let workers: ScanWorkers

    /// Days are read together as long as they have fewer hits.
    private static let fewHits = 100_000
    /// The most days that are read together.
    private static let mostDays = 64
    /// The time after which no other day is read: the question will be asked again.
    private static let longest: Duration = .seconds(5)
    /// The most ranges of a day that are read one by one.
    private static let mostRanges = 8
    /// Stored days are read together as long as they have fewer bytes: as they are stored they take a third of the memory
    /// that parts do.
    private static let fewBytes = 4 << 20
    /// The fewest stored days that are read together.
    private static let fewestStored = 4

    /// Brings parts up to date, and reads those that are missing.
    ///
    /// - Parameter known: The parts that are known; nil for none.
    /// - Returns: The parts.
    /// - Throws: A `PostgresError`, or a `QueryError` if there are too many hits.
    func parts(_ known: SiteParts?) async throws -> SiteParts {
        try await connection.snapshot { _ in try await partsAsOfOneMoment(known) }
    }

    /// Brings parts up to date within a transaction that sees one moment.
    ///
    /// - Parameters:
    ///   - known: The parts that are known; nil for none.
    ///   - isReading: True to read those that are missing, too.
    /// - Returns: The parts.
    /// - Throws: A `PostgresError`, or a `QueryError` if there are too many hits.
    func partsAsOfOneMoment(_ known: SiteParts?, isReading: Bool = true) async throws -> SiteParts {
        let now = ContinuousClock.now
        guard let (snapshot, basis) = try await connection.execute(PartBasis(site: site)).first else {
            throw QueryError.invalid(.period)
        }
        var parts = SiteParts(basis, snapshot, read: now)
        var snapshots: Set<String> = []
        if let known, known.basis.zone == basis.zone {
            parts = known
            parts.take(basis)
            snapshots = [known.snapshot.text]
        }
        try await addMidnights(to: &parts)
        if isReading, !withBots { try await addStored(to: &parts, &snapshots) }
        if !snapshots.isEmpty { try await apply(changesSince: snapshots, to: &parts) }
        (parts.snapshot, parts.read) = (snapshot, now)
        guard isReading else { return parts }
        for range in parts.missing(of: days) { try await read(range, into: &parts, since: now) }
        return parts
    }

    private func addMidnights(to parts: inout SiteParts) async throws {
        guard !parts.dates.covers(days) else { return }
        let known = parts.dates.days ?? days
        let wanted = min(known.lowerBound, days.lowerBound)...max(known.upperBound, days.upperBound)
        parts.dates = MidnightTable(try await connection.dates(of: site, wanted), over: wanted)
    }

    /// Adds the missing days that are stored, and their snapshots.
    private func addStored(to parts: inout SiteParts, _ snapshots: inout Set<String>) async throws {
        for range in parts.missing(of: days) {
            var (first, count) = (range.lowerBound, Self.fewestStored)
            while first <= range.upperBound {
                let some = first...min(first + count - 1, range.upperBound)
                let bytes = try await addStored(some, to: &parts, &snapshots)
                count = bytes < Self.fewBytes ? min(count * 4, Self.mostDays) : Self.fewestStored
                first = some.upperBound + 1
            }
        }
        try await parts.texts.complete(connection)
    }

    /// Adds days that are stored; returns the bytes that they have as they are stored.
    private func addStored(
        _ range: ClosedRange<Int>,
        to parts: inout SiteParts,
        _ snapshots: inout Set<String>
    ) async throws -> Int {
        let rows = try await connection.execute(StoredParts(site: site, days: range, zone: parts.basis.zone))
        let texts = SharedTexts(parts.texts)
        // They would become a copy.
        parts.texts = SiteTexts()
        let unpacked = await workers.map(rows.map(\.data)) { PackedPart($0).part(texts) }
        parts.texts = texts.withLock { $0 }
        for (row, part) in zip(rows, unpacked) {
            guard let part, part.day == row.day else {
                record.note(.damaged)
                continue
            }
            record.note(.read)
            parts.set(stored: part.count > 0 ? part : nil, of: row.day, at: .now)
            guard parts.bytes(of: days) <= limit else { throw QueryError.invalid(.hits) }
            snapshots.insert(row.covers)
        }
        return rows.reduce(0) { $0 + $1.data.count }
    }

    // MARK: Changes

    private func apply(changesSince snapshots: Set<String>, to parts: inout SiteParts) async throws {
        let times = try await connection.execute(ChangedTimes(site: site, snapshots: snapshots))
        let aliases = try await connection.execute(NewAliases(site: site, snapshots: snapshots))
        let users = Dictionary(aliases.map { ($0.visitor, $0.user) }) { first, _ in first }
        let changes = Self.changes(times, of: Array(parts.days.keys))
        for (day, kept) in parts.days {
            let ranges = changes[day] ?? []
            let isRenamed = !users.isEmpty && kept.part?.holds(anyOf: users.keys) == true
            guard !ranges.isEmpty || isRenamed else { continue }
            guard days.contains(day), let part = kept.part else {
                // It is read when it is asked for again.
                parts.remove(day)
                continue
            }
            var reader = RowReader(parts.texts)
            var rows: [HitRow] = []
            for range in ranges { rows += try await reader.rows(of: site, range, connection, withBots: withBots) }
            parts.texts = try await reader.completed(connection)
            let dates = parts.dates.borders
            record.note(.merged)
            let changed = part.replacing(ranges, by: rows, users: users, parts.texts.lexicon, dates: dates)
            parts.set(changed.part, of: day, after: changed.change)
        }
    }

    /// The ranges of changed times that lie in each day.
    static func changes(_ times: [ClosedRange<Int>], of days: [Int]) -> [Int: [ClosedRange<Int>]] {
        guard !times.isEmpty else { return [:] }
        var changes: [Int: [ClosedRange<Int>]] = [:]
        for day in days {
            let all = day * Part.length...(day * Part.length + Part.length - 1)
            let ranges = times.filter { $0.overlaps(all) }.map { $0.clamped(to: all) }
            guard let first = ranges.first, let last = ranges.last else { continue }
            changes[day] = ranges.count <= mostRanges ? ranges : [first.lowerBound...last.upperBound]
        }
        return changes
    }

    // MARK: Days

    /// Reads days, many at once if they have few hits, as long as there is time.
    private func read(
        _ range: ClosedRange<Int>,
        into parts: inout SiteParts,
        since start: ContinuousClock.Instant
    ) async throws {
        var (first, count) = (range.lowerBound, 1)
        while first <= range.upperBound, start.duration(to: .now) < Self.longest || withBots {
            let some = first...min(first + count - 1, range.upperBound)
            let hits = try await read(some, into: &parts)
            guard parts.bytes(of: days) <= limit else { throw QueryError.invalid(.hits) }
            count = hits < Self.fewHits ? min(count * 4, Self.mostDays) : max(count / 4, 1)
            first = some.upperBound + 1
        }
    }

    /// Reads days; returns the number of their hits.
    private func read(_ range: ClosedRange<Int>, into parts: inout SiteParts) async throws -> Int {
        var reader = RowReader(parts.texts)
        let times = range.lowerBound * Part.length...(range.upperBound * Part.length + Part.length - 1)
        let rows = try await reader.rows(of: site, times, connection, withBots: withBots)
        parts.texts = try await reader.completed(connection)
        var builders: [Int: PartBuilder] = [:]
        for row in rows {
            let day = row.time.milliseconds / Part.length
            builders[day, default: PartBuilder(day: day)].add(row)
        }
        let lexicon = parts.texts.lexicon
        for day in range { parts.set(builders[day]?.part(lexicon, dates: parts.dates.borders), of: day) }
        record.note(.built, builders.count)
        return rows.count
    }
}
