import Analytics
import Postgres
import Support
import Synchronization
import Testing

@testable import Store

/// The environment of faults of reports: two stores that are given hits and asked about them, while the notes about changes
/// are deleted within seconds instead of a quarter of an hour.
final class ReportScenario: Sendable {
    struct Figures {
        /// The acknowledged hits by site.
        var hits: [SiteID: Int] = [:]
        var answered = 0
        var refused = 0
        /// Answers that lacked what had been acknowledged before the question.
        var late: [String] = []
    }

    static let sites = (1...3).map { SiteID(rawValue: $0) }
    private static let day = 86_400

    let cluster: OwnCluster
    private let database: String
    private let stores: Mutex<[PostgresStore]>
    /// The maintenance of a store that is asked nothing.
    private let maintenance: Maintenance
    private let counts = Mutex(Figures())
    /// The store that nobody asks; -1 for none.
    private let away = Atomic(-1)
    /// The start of the current day, in seconds since 1970.
    private let today = Timestamp.now.milliseconds / 1000 / day * day

    var figures: Figures { counts.withLock(\.self) }

    /// Runs stores on a new database of a cluster while `body` runs.
    static func run(on cluster: OwnCluster, flavour: String, _ body: (ReportScenario) async throws -> Void) async throws
    {
        if !cluster.isRunning { try await cluster.start() }
        let database = "fault_reports_\(flavour)"
        try await cluster.run("CREATE DATABASE \(database) TEMPLATE \(try await cluster.template(flavour))")
        try await cluster.run(HitWriter.insertion, in: database)
        let scenario = ReportScenario(cluster, database: database)
        try await body(scenario)
        for store in scenario.stores.withLock(\.self) { store.close() }
        try await cluster.run("DROP DATABASE \(database) WITH (FORCE)")
    }

    private init(_ cluster: OwnCluster, database: String) {
        (self.cluster, self.database) = (cluster, database)
        stores = Mutex((0..<2).map { _ in Self.store(cluster, database) })
        maintenance = Self.store(cluster, database).maintenance(Maintenance.Configuration())
    }

    private static func store(_ cluster: OwnCluster, _ database: String) -> PostgresStore {
        var configuration = PostgresStore.Configuration()
        configuration.retryFor = .milliseconds(200)
        configuration.doubt = .milliseconds(200)
        configuration.partAge = .seconds(1)
        return PostgresStore(
            url: cluster.url(database: database, role: Scenario.login),
            configuration: configuration
        )
    }

    private func store(_ number: Int) -> PostgresStore { stores.withLock { $0[number % $0.count] } }

    /// Ends a store as `kill -9` ends its process, and begins another one.
    func kill(_ number: Int) {
        let new = Self.store(cluster, database)
        stores.withLock { stores in
            stores[number].close()
            stores[number] = new
        }
    }

    /// Lets nobody ask a store, or none.
    func leaveAlone(_ number: Int?) { away.store(number ?? -1, ordering: .relaxed) }

    /// Writes and asks while `body` runs.
    func underLoad(_ body: () async throws -> Void) async throws {
        let stop = StopSign()
        try await withThrowingTaskGroup { group in
            for number in 0..<3 { group.addTask { try await self.write(number, until: stop) } }
            for number in 0..<4 { group.addTask { try await self.ask(number, until: stop) } }
            group.addTask { try await self.keep(until: stop) }
            try await body()
            stop.raise()
            try await group.waitForAll()
        }
    }

    // MARK: Clients

    private func write(_ number: Int, until stop: StopSign) async throws {
        var random = SeededGenerator(seed: Extent.seed &+ UInt64(number))
        while !stop.isUp {
            let site = Self.sites[Int.random(in: 0..<3, using: &random)]
            let hits = (0..<Int.random(in: 1...5, using: &random)).map { _ in hit(on: site, using: &random) }
            let batch = Batch(entries: [Batch.Entry(hits: hits)])
            // The same batch again, by another store if need be, until it is acknowledged.
            while true {
                do {
                    _ = try await store(Int.random(in: 0..<2, using: &random)).append(batch)
                    break
                } catch {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            counts.withLock { $0.hits[site, default: 0] += hits.count }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// A page view, mostly of today, by one of few visitors.
    private func hit(on site: SiteID, using random: inout SeededGenerator) -> Hit {
        let daysAgo = max(0, Int.random(in: -4...3, using: &random))
        let second = today - daysAgo * Self.day + Int.random(in: 0..<Self.day, using: &random)
        var hit = Hit(time: Timestamp(seconds: second), site: site, name: "pageview")
        hit.visitor = Visitor(rawValue: .random(in: 1...40, using: &random))
        return hit
    }

    private func ask(_ number: Int, until stop: StopSign) async throws {
        var place = number
        while !stop.isUp {
            place += 1
            let site = Self.sites[place % 3]
            let before = figures.hits[site] ?? 0
            let asked = number % 2 == away.load(ordering: .relaxed) ? number + 1 : number
            do {
                let found = try await lines(site, store(asked)).reduce(0) { $0 + $1[0] }
                counts.withLock { counts in
                    counts.answered += 1
                    if found < before { counts.late.append("\(found) of \(before) hits of site \(site.rawValue)") }
                }
            } catch is QueryError {
                counts.withLock { $0.refused += 1 }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Page views, visitors and visits of a site, by day.
    private func lines(_ site: SiteID, _ store: PostgresStore) async throws -> [[Int]] {
        let start = Timestamp(seconds: today - 3 * Self.day)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(4 * Self.day))))
        let query = Query(
            site: site,
            period: period,
            metrics: [.pageviews, .visitors, .visits],
            dimensions: [.time(.day)]
        )
        return try await store.report(query).rows.map { row in
            row.values.map { if case .count(let count) = $0 { count } else { -1 } }
        }
    }

    /// Stores parts, and maintains, whatever fails.
    private func keep(until stop: StopSign) async throws {
        while !stop.isUp {
            for number in 0..<2 { await store(number).storeParts() }
            // Both are tried again.
            _ = try? await maintenance.round(isPruning: false)
            _ = try? await cluster.run(Self.pruning, in: database)
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// What happens in a quarter of an hour, in eight seconds.
    private static let pruning = """
        SET search_path = hourglass;
        UPDATE touched_border SET at = at - INTERVAL '16 minutes'
         WHERE at BETWEEN now() - INTERVAL '15 minutes' AND now() - INTERVAL '8 seconds';
        SELECT prune_parts()
        """

    // MARK: Comparison

    /// Compares the reports of every store, and of a new one, with counts in SQL.
    func check() async throws {
        let new = Self.store(cluster, database)
        defer { new.close() }
        for site in Self.sites {
            let counted = try await counted(site)
            let total = counted.reduce(0) { $0 + $1[0] }
            #expect(total >= figures.hits[site] ?? 0)
            for store in stores.withLock(\.self) + [new] { #expect(try await lines(site, store) == counted) }
        }
        #expect(figures.late == [])
    }

    private func counted(_ site: SiteID) async throws -> [[Int]] {
        let sql = """
            WITH hits AS (
                SELECT (ts AT TIME ZONE 'UTC')::date AS day, count(*) AS pageviews, count(DISTINCT visitor) AS visitors
                  FROM hourglass.hit WHERE site_id = \(site.rawValue) GROUP BY 1
            )
            SELECT pageviews, visitors, (
                SELECT count(*) FROM hourglass_read.visit
                 WHERE visit.site_id = \(site.rawValue) AND visit.day = hits.day
            )
              FROM hits ORDER BY day
            """
        return try await Connection.with(cluster.url(database: database)) { connection in
            try await connection.execute(PostgresQuery(sql)) { row in
                let (pageviews, visitors, visits) = try row.decode((Int, Int, Int).self)
                return [pageviews, visitors, visits]
            }
        }
    }
}
