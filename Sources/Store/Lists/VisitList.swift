import Analytics
import Columns
import Postgres

/// The list of the visits of a site, derived day by day in UTC, in order of their starts.
struct VisitList: Sendable {
    let connection: Connection
    let query: ListQuery
    /// The threads that unpack stored parts.
    let workers: ScanWorkers

    /// The days after which the texts that have been read are dropped.
    private static let longestMemory = 16

    func read(_ take: ([ListedRow]) async throws -> Void) async throws {
        var writer = ListWriter(query)
        var parts: SiteParts?
        var start = max(query.period.start, query.after?.time ?? query.period.start)
        while !writer.isFull, let first = try await nextHit(from: start) {
            // Empty days are passed over.
            let day = first.milliseconds / Part.length
            let end = min((day + 1) * Part.length, query.period.end.milliseconds)
            let days = Timeline.days(for: day...day)
            var known = try await self.parts(of: days, parts)
            let range = max(start.milliseconds, day * Part.length)..<end
            try await add(StartedVisits(startingIn: range, known.timeline(days)), to: &writer, take)
            parts = known
            start = Timestamp(milliseconds: end)
        }
        try await writer.finish(take)
    }

    private func nextHit(from start: Timestamp) async throws -> Timestamp? {
        let next = PostgresQuery(
            """
            SELECT ts FROM \(query.includesBots ? "any_hit_row" : "hit_row")
             WHERE site_id = $1 AND ts >= $2 AND ts < $3 ORDER BY ts LIMIT 1
            """,
            Parameters(query.site.rawValue, start, query.period.end)
        )
        return try await connection.execute(next) { row in
            let moment = try row.decode(PostgresTimestamp.self)
            return Timestamp(moment)
        }.first
    }

    /// The parts of some days, with those that were read for the days before.
    private func parts(of days: ClosedRange<Int>, _ known: SiteParts?) async throws -> SiteParts {
        var known = known
        for day in known?.days.keys.sorted() ?? [] where !days.contains(day) { known?.remove(day) }
        let isOld = known.map { .now - $0.read > PostgresStore.Configuration.longestPartAge } ?? false
        if isOld || days.lowerBound.isMultiple(of: Self.longestMemory) { known = nil }
        let refresh = PartRefresh(
            connection: connection,
            site: query.site,
            days: days,
            withBots: query.includesBots,
            limit: .max,
            record: WorkRecord<PartWork>(),
            workers: workers
        )
        var parts = try await refresh.parts(known)
        // It may end before all are read.
        while !parts.missing(of: days).isEmpty { parts = try await refresh.parts(parts) }
        return parts
    }

    private func add(
        _ visits: StartedVisits,
        to writer: inout ListWriter,
        _ take: ([ListedRow]) async throws -> Void
    ) async throws {
        for sameTime in Array(0..<visits.count).chunked(by: visits.start) where !writer.isFull {
            // No visitor has two visits at a time.
            let rows = sameTime.map { ListedRow(visits.summary(at: $0)) }.sorted { $0.cursor.digest < $1.cursor.digest }
            try await writer.add(rows, take)
        }
    }
}
