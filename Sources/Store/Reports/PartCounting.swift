import Analytics
import Columns
import Postgres

/// The answers to queries from the parts of a site: counted in all of them, or in what has changed since they were counted
/// the last time.
struct PartCounting {
    let connection: Connection
    /// The parts of the days that the queries need.
    let timeline: Timeline
    /// Their last changes; nil if the parts are not kept.
    let edition: PartEdition?
    let known: CountCache
    let workers: ScanWorkers
    /// Called with the time that a scan took.
    let observe: @Sendable (Duration) -> Void

    private typealias Counted = (scan: Scan, counts: ScanCounts)

    /// Answers queries.
    ///
    /// - Parameter queries: The queries, all of one batch.
    /// - Returns: The answers, in the order of the queries.
    /// - Throws: A `PostgresError`, or a `QueryError`
    func reports(to queries: [KeptQuery]) async throws -> [Report] {
        var counted = try await recounted(queries)
        known.note(hits: counted.count)
        let open = queries.indices.filter { counted[$0] == nil }
        if !open.isEmpty {
            let scans = try await connection.scans(of: open.map { queries[$0] }, timeline)
            let counts = await observed { await ScanPass.counts(of: scans, by: workers) }
            for (place, some) in zip(open, zip(scans, counts)) { counted[place] = (some.0, some.1) }
        }
        let all = queries.indices.compactMap { counted[$0] }
        keep(all, of: queries)
        return try ScanPass.reports(of: all.map(\.scan), all.map(\.counts)).map { report in
            guard let report else { throw QueryError.invalid(.groups) }
            return report
        }
    }

    /// Runs a scan, whose time is noted.
    private func observed<Counts>(_ scan: () async -> Counts) async -> Counts {
        let start = ContinuousClock.now
        defer { observe(start.duration(to: .now)) }
        return await scan()
    }

    /// Brings the counts of queries that were asked before up to date; by place.
    private func recounted(_ queries: [KeptQuery]) async throws -> [Int: Counted] {
        guard let edition else { return [:] }
        let entries = queries.enumerated().compactMap { place, asked in
            // What dates count that are not kept is not of the parts.
            asked.keptSince == nil ? known.entry(of: asked.query).map { (place: place, entry: $0) } : nil
        }
        var counted: [Int: Counted] = [:]
        for (versions, some) in Dictionary(grouping: entries, by: \.entry.versions) {
            guard let changes = edition.changes(since: versions),
                let timelines = await ChangedTimelines.slices(of: timeline, over: changes, by: workers)
            else { continue }
            let asked = some.map { queries[$0.place] }
            let scans = try await connection.scans(of: asked, over: [timelines.before, timelines.after])
            let all = await observed {
                await ScanPass.counts(some.map(\.entry.counts), replacing: scans[0], by: scans[1], workers)
            }
            for (place, counts) in all.enumerated() {
                counted[some[place].place] = counts.map { (scans[1][place], $0) }
            }
        }
        return counted
    }

    /// Keeps the counts of queries.
    private func keep(_ counted: [Counted], of queries: [KeptQuery]) {
        guard let edition else { return }
        for (asked, counted) in zip(queries, counted) where asked.keptSince == nil {
            let days = QueryBatch.batches(of: [asked])[0].days
            known.keep(CountCache.Entry(counts: counted.counts, versions: edition.versions(of: days)), of: asked.query)
        }
    }
}
