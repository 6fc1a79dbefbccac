import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// Sites that keep their hits for a shorter time than the server.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct SiteRetentionTests {
    /// What is answered after a site's hits have been deleted is what is counted hit by hit, and the rest is refused.
    @Test(arguments: Flavour.allCases, 21..<23 as Range<UInt64>)
    func answersOutliveTheHitsOfASite(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            let days = traffic.firstDay - 1..<traffic.firstDay + 7
            let short = try #require(traffic.sites.first)
            let border = traffic.firstDay + 2
            // Known from hits alone, so that what is in memory has to go.
            for site in traffic.sites { _ = try await store.report(Query(of: site.id, days: days)) }
            try await Shortening(store).shorten(short.id, before: border)
            let start = Timestamp(milliseconds: border * 86_400_000)
            #expect(try await store.firstHit(of: short.id).map { $0 >= start } ?? true)
            let kept = try #require(short.midnights.first { $0.milliseconds >= (border + 2) * 86_400_000 })
            var (answered, refused) = (0, 0)
            for site in traffic.sites {
                let queries =
                    (0..<30).map { _ in Query(of: site, days: days, using: &random) }
                    + (0..<60).map { _ in Query(ofDatesOf: site, using: &random) }
                for query in queries {
                    let isTold = site.id != short.id || query.isTold(keptSince: kept, site, firstHit: traffic.hits)
                    do {
                        let report = try await store.report(query)
                        let rows = Set(
                            report.rows.map { Report.Row(dimensions: $0.dimensions.map(\.escaped), values: $0.values) }
                        )
                        #expect(rows == CountedReport(query, of: traffic.hits, site).rows, "\(query)")
                        #expect(isTold, "\(query)")
                        answered += report.keptSince == nil ? 0 : 1
                    } catch QueryError.notKept(_, let asked) {
                        #expect(!isTold && asked == query, "\(query)")
                        refused += 1
                    }
                }
            }
            #expect(answered > 10 && refused > 10, "\(answered) \(refused)")
        }
    }

    /// A batch has late hits of several sites: each site takes what would change no date that is counted.
    @Test(arguments: Flavour.allCases)
    func lateHitsAreTakenByTheirOwnSites(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run("INSERT INTO site (id, name) VALUES (2, 'other')")
            let monday = 1_223_251_200_000 / 86_400_000
            func hit(_ site: Int32, _ day: Int) -> Hit {
                var hit = Hit(time: Timestamp(milliseconds: (monday + day) * 86_400_000), name: "pageview")
                hit.visitor = Visitor(rawValue: 7)
                hit.site = SiteID(rawValue: site)
                return hit
            }
            let first = [hit(1, -20), hit(2, -20), hit(1, 3)]
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: first)]))
            try await Shortening(store).shorten(Site.standard, before: monday)
            #expect(try await database.count("SELECT count(*) FROM hit") == 2)
            #expect(store.keeping.count(of: .hitsDeleted) == 1)
            let late = [hit(2, -19), hit(1, -19), hit(1, 4), hit(1, 5), hit(2, 4)]
            await #expect(throws: WriteError.refused(rows: [1, 2], Rejection(.timestamp, .beforeEarliest))) {
                try await store.append(Batch(entries: [Batch.Entry(hits: late)]))
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [late[0], late[3], late[4]])]))
            #expect(try await database.count("SELECT count(*) FROM hit WHERE site_id = 2") == 3)
            #expect(try await database.count("SELECT count(*) FROM hit WHERE site_id = 1") == 2)
            // A site that is removed leaves nothing behind.
            try await database.run("INSERT INTO site (id, name) VALUES (3, 'third')")
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [hit(3, -20)])]))
            try await Shortening(store).shorten(SiteID(rawValue: 3), before: monday)
            try await database.run("SELECT remove_site('third')")
            try await database.finishJobs(Maintenance.refreshing(database))
            #expect(try await database.count("SELECT count(*) FROM site_retention WHERE site_id = 3") == 0)
        }
    }

    /// Rows that come after a chunk was compressed are compressed too, once they take room.
    @Test func lateRowsAreCompressedAgain() async throws {
        try await withDatabase(.timescaledb) { database in
            let insertion = """
                INSERT INTO hit (ts, site_id, visitor, name_id, flags)
                SELECT '2008-10-06T00:00:00Z'::timestamptz + number * INTERVAL '1 second', 1, number, 1, 1
                  FROM generate_series(1, 20000) AS number;
                """
            let beside = "SELECT count(*) FROM _timescaledb_catalog.chunk WHERE status & 8 <> 0"
            let compression = "SELECT compress_events('2009-01-01')"
            try await database.run(insertion)
            #expect(try await database.count(compression) == 1)
            #expect(try await database.count(compression) == 0)
            try await database.run(
                "INSERT INTO hit (ts, site_id, visitor, name_id, flags) VALUES ('2008-10-06T01:00:00Z', 1, 1, 1, 1)"
            )
            #expect(try await database.count(beside) == 1)
            #expect(try await database.count(compression) == 0)
            try await database.run(insertion)
            #expect(try await database.count(compression) == 1)
            #expect(try await database.count(beside) == 0)
            #expect(try await database.count("SELECT count(*) FROM hit") == 40_001)
        }
    }
}

/// The deleting of old hits of single sites by the maintenance of a store.
private struct Shortening {
    private let store: PostgresStore

    init(_ store: PostgresStore) { self.store = store }

    /// Sets a site to keep hits from a day on, in days since 1970, and maintains until those before are deleted.
    func shorten(_ site: SiteID, before day: Int) async throws {
        let days = Timestamp.now.milliseconds / 86_400_000 - day
        let configuration = Maintenance.Configuration()
        let pool = store.ingest.sibling(for: .maintaining, store.configuration)
        defer { pool.close() }
        try await pool.withConnection { connection in
            try await connection.run(
                "RESET ROLE; UPDATE hourglass.site SET settings = '{\"retention_days\": \(days)}' WHERE id = \(site.rawValue);"
                    + ConnectionPurpose.maintaining.setup
            )
        }
        let maintenance = store.maintenance(configuration)
        for _ in 0..<20 {
            try await maintenance.round()
            let left = try await pool.withConnection { try await $0.execute(ShortenedSites()) }
            if left.isEmpty { return }
        }
        Issue.record("the hits are not deleted")
    }
}

extension PostgresStore {
    /// The time of the first hit of a site; nil without one.
    fileprivate func firstHit(of site: SiteID) async throws -> Timestamp? {
        try await ask { connection in
            let query = PostgresQuery("SELECT min(ts) FROM any_hit_row WHERE site_id = \(site.rawValue)")
            let found: [PostgresTimestamp?] = try await connection.execute(query) {
                try $0.decode(PostgresTimestamp?.self)
            }
            return found[0].map { Timestamp($0) }
        }
    }
}
