import Analytics
import Postgres

/// The following of the hits of a site: a reading of them all, and then of the times that have changed since.
struct RecentReader: Sendable {
    let site: SiteID
    /// The most hits that may be kept.
    let limit: Int
    /// The time after which everything is read again, before the notes about changes go.
    private let longestAge: Duration

    private(set) var window = RecentWindow()
    private var texts = TextCache()
    /// The ids of the names that have been looked at.
    private var names: Set<Int32> = []
    /// The moment of the last reading.
    private var latest = Timestamp(milliseconds: 0)
    /// The snapshot from which on changes are unknown; nil before the first reading.
    private var known: (snapshot: String, at: ContinuousClock.Instant)?

    /// The times that are kept, before the moment of a reading, in milliseconds.
    private static let length = 1_800_000

    init(of site: SiteID, limit: Int, longestAge: Duration = PostgresStore.Configuration.longestPartAge) {
        self.site = site
        self.limit = limit
        self.longestAge = longestAge
    }

    /// Reads what has changed.
    ///
    /// - Parameters:
    ///   - moment: The moment that ends the half hour.
    ///   - most: The most new hits.
    ///   - connection: The connection.
    /// - Returns: The counts and the new hits.
    /// - Throws: A `PostgresError`, or a `QueryError` if there are too many hits.
    mutating func read(at moment: Timestamp, hits most: Int, _ connection: Connection) async throws -> RecentReading {
        // A clock may be set back, but hits that were dropped do not come back.
        latest = max(latest, moment)
        let start = latest.milliseconds - Self.length
        let now = ContinuousClock.now
        // What is committed between the statements is read again with the next changes, and is no more new then.
        guard let snapshot = try await connection.execute(CurrentSnapshot()).first else {
            throw PostgresDecodingError(reason: "there is no snapshot")
        }
        window.drop(before: start)
        var arrivals = Arrivals(most: most)
        for range in try await changes(connection, from: start, at: now) {
            try await read(range, into: &arrivals, connection)
        }
        try await readNames(arrivals.names, connection)
        try await texts.read(arrivals.latest, of: site, connection)
        known = (snapshot, now)
        return RecentReading(
            counts: window.counts(at: latest),
            arrived: arrivals.count,
            hits: arrivals.latest.map { $0.values(texts) }
        )
    }

    /// The times that have changed since the last reading; all, if too much may have changed.
    private mutating func changes(
        _ connection: Connection,
        from start: Int,
        at now: ContinuousClock.Instant
    ) async throws -> [ClosedRange<Int>] {
        let all = start...Timestamp.latest.milliseconds
        guard let known, now - known.at < longestAge else { return [all] }
        let times = try await connection.execute(ChangedTimes(site: site, snapshots: [known.snapshot]))
        let aliases = try await connection.execute(NewAliases(site: site, snapshots: [known.snapshot]))
        window.resolve(Dictionary(aliases.map { ($0.visitor, $0.user) }) { first, _ in first })
        return times.filter { $0.overlaps(all) }.map { $0.clamped(to: all) }
    }

    /// Finds out which names are counted in their own way.
    private mutating func readNames(_ ids: Set<Int32>, _ connection: Connection) async throws {
        let unknown = ids.subtracting(names)
        names.formUnion(unknown)
        for (id, text) in try await connection.texts(of: .name, unknown.map(Int.init)) {
            switch text {
            case "pageview": window.names.pageview = Int32(truncatingIfNeeded: id)
            case "engagement": window.names.engagement = Int32(truncatingIfNeeded: id)
            default: break
            }
        }
    }

    /// Reads the hits of a time, and finds out which of them are new.
    private mutating func read(
        _ times: ClosedRange<Int>,
        into arrivals: inout Arrivals,
        _ connection: Connection
    ) async throws {
        let before = arrivals.expecting(window.counts(in: times))
        let limit = RowLimit(rows: limit, bytes: .max)
        let query = PostgresQuery(recentHitsOf: site, times)
        let (read, entries) = try await connection.stream(query, limit: limit, as: .binary) { stream in
            var (arrivals, entries) = (before, [RecentWindow.Entry]())
            while let row = try stream.next() {
                let hit = try SentHit(row)
                let visitor = try row.integer(at: SentHit.columnCount)
                let entry = RecentWindow.Entry(hit, countingFor: visitor)
                entries.append(entry)
                arrivals.note(hit, entry)
            }
            guard !stream.isTruncated else { throw QueryError.invalid(.hits) }
            return (arrivals, entries)
        }
        arrivals = read
        window.replace(times, by: entries)
    }
}

/// The hits that are new, of which the last are kept.
private struct Arrivals: Sendable {
    let most: Int
    private(set) var count = 0
    /// The ids of the names of all hits that were read.
    private(set) var names: Set<Int32> = []
    private var kept: [SentHit] = []
    /// The hits that were known before, each as often as it has not been met again.
    private var known: [RecentWindow.Hit: Int] = [:]

    init(most: Int) { self.most = most }

    /// The last of the new hits, in the order in which they were noted.
    var latest: [SentHit] { Array(kept.suffix(most)) }

    func expecting(_ known: [RecentWindow.Hit: Int]) -> Arrivals {
        var arrivals = self
        arrivals.known = known
        return arrivals
    }

    /// Notes a hit that was read.
    mutating func note(_ hit: SentHit, _ entry: RecentWindow.Entry) {
        names.insert(entry.name)
        if let rest = known[RecentWindow.Hit(entry)], rest > 0 {
            known[RecentWindow.Hit(entry)] = rest - 1
            return
        }
        count += 1
        kept.append(hit)
        // Seldom, so that each hit is moved once.
        if kept.count >= 2 * most + 16 { kept.removeFirst(kept.count - most) }
    }
}

extension RecentWindow.Entry {
    /// - Parameters:
    ///   - hit: The hit as it was sent.
    ///   - visitor: The bits of the visitor whom it counts for.
    fileprivate init(_ hit: SentHit, countingFor visitor: Int?) {
        self.init(
            time: hit.time.milliseconds,
            digest: hit.hashValue,
            visitor: visitor.map { Visitor(rawValue: UInt64(bitPattern: Int64($0))) },
            name: Int32(truncatingIfNeeded: hit.name ?? 0)
        )
    }
}

extension PostgresQuery {
    /// Asks for the hits of a time in its order, with whom they count for.
    fileprivate init(recentHitsOf site: SiteID, _ times: ClosedRange<Int>) {
        self.init(
            """
            SELECT \(SentHit.columns), coalesce((SELECT user_visitor FROM alias WHERE alias.site_id = sent_hit.site_id \
            AND alias.visitor = sent_hit.visitor), visitor) \
            FROM sent_hit WHERE site_id = $1 AND ts >= $2 AND ts < $3 AND flags & 2 = 0 ORDER BY ts
            """,
            Parameters(
                site.rawValue,
                Timestamp(milliseconds: times.lowerBound),
                Timestamp(milliseconds: times.upperBound + 1)
            )
        )
    }
}
