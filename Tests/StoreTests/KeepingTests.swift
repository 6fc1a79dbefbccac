import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// The care for tables that lose rows: they are vacuumed soon, and compressed rows go without being unpacked.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct KeepingTests {
    private static let monday = 1_223_251_200

    /// Stores hits and events of the sites 1 and 2 in turn.
    ///
    /// - Parameters:
    ///   - count: The number of hits, and of events.
    ///   - step: The seconds between two of them.
    ///   - visitors: The number of visitors who send them in turn.
    ///   - database: The database.
    /// - Throws: A `PostgresError`.
    private static func store(_ count: Int, every step: Double, visitors: Int, in database: TestDatabase) async throws {
        let rows = "to_timestamp(\(monday + 43_200)) + n * INTERVAL '\(step) seconds', 1 + n % 2"
        try await database.run(
            """
            INSERT INTO site (id, name) VALUES (2, 'two');
            SELECT make_partitions(ARRAY[to_timestamp(\(monday)), to_timestamp(\(monday + 604_800))]);
            INSERT INTO hit (ts, site_id, visitor, name_id, flags)
            SELECT \(rows), n % \(visitors), 1, 1 FROM generate_series(1, \(count)) AS n;
            INSERT INTO event (ts, site_id, kind, user_id)
            SELECT \(rows), 1, n % \(visitors) FROM generate_series(1, \(count)) AS n
            """
        )
    }

    /// Autovacuum alone would wait for a fifth of the rows.
    @Test(arguments: Flavour.allCases)
    func tablesThatLoseRowsAreVacuumedEarlier(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await Self.store(20_000, every: 1, visitors: 100, in: database)
            var configuration = Maintenance.Configuration()
            configuration.compressAfter = nil
            let maintenance = Maintenance.refreshing(database, configuration)
            let hastened = """
                SELECT count(*) FROM pg_class WHERE 'autovacuum_vacuum_scale_factor=0.01' = ANY (reloptions)
                """
            let ofEvents =
                "\(hastened) AND oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'event'::regclass)"
            try await database.run("VACUUM ANALYZE")
            try await maintenance.round()
            #expect(try await database.count(hastened) == 0)
            try await database.run("DELETE FROM event WHERE ts < to_timestamp(\(Self.monday + 43_200 + 600))")
            try await eventually {
                try await maintenance.round()
                return try await database.count(ofEvents) > 0
            }
            #expect(try await database.count(ofEvents) == 1)
        }
    }

    /// Batches of the columnstore go as a whole, those that go on over midnight too; the other site's stay as they are.
    @Test func aRemovedSiteIsDeletedWithoutUnpacking() async throws {
        try await withDatabase(.timescaledb) { database in
            try await Self.store(40_000, every: 4, visitors: 500, in: database)
            while try await database.count("SELECT compress_events('2009-01-01')") == 1 {}
            try await database.run("SELECT remove_site('two')")
            try await database.finishJobs(Maintenance.refreshing(database))
            #expect(try await database.count("SELECT count(*) FROM hit WHERE site_id = 2") == 0)
            #expect(try await database.count("SELECT count(*) FROM event WHERE site_id = 2") == 0)
            #expect(try await database.count("SELECT count(*) FROM hit") == 20_000)
            #expect(try await database.count("SELECT count(*) FROM event") == 20_000)
            let unpacked = "SELECT count(*) FROM _timescaledb_catalog.chunk WHERE status & 8 <> 0"
            #expect(try await database.count(unpacked) == 0)
            // As the retention of a site deletes a day.
            #expect(try await database.count("SELECT delete_hits_of_day(1, '2008-10-07Z')") == 10_800)
            #expect(try await database.count("SELECT count(*) FROM hit") == 9_200)
            #expect(try await database.count(unpacked) == 0)
        }
    }

    /// TimescaleDB lets a transaction unpack 100 000 rows unless it is told otherwise.
    @Test func aUserWhoWasThereAllDayIsForgotten() async throws {
        try await withDatabase(.timescaledb) { database in
            try await Self.store(260_000, every: 0.15, visitors: 500, in: database)
            while try await database.count("SELECT compress_events('2009-01-01')") == 1 {}
            let before = try await database.count("SELECT count(*) FROM hit WHERE site_id = 1 AND visitor = 8")
            try await database.run(
                """
                SELECT forget_user(1, 'eight', 8);
                DO 'BEGIN FOR n IN 1..3 LOOP PERFORM forget_user_step(max(id)) FROM job; END LOOP; END'
                """
            )
            #expect(before == 520)
            #expect(try await database.count("SELECT count(*) FROM hit WHERE site_id = 1 AND visitor = 8") == 0)
            #expect(try await database.count("SELECT count(*) FROM hit") == 260_000 - before)
        }
    }

    /// Hits and events that a site should not have any more are told by `hourglass doctor`.
    @Test(arguments: Flavour.allCases)
    func hitsThatAreKeptForTooLongAreFound(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await Self.store(10, every: 1, visitors: 5, in: database)
            #expect(try await DatabaseFacts.read(from: database.url).overdue == OverdueHits(sites: 0, days: 0))
            try await database.run(
                """
                UPDATE site SET settings = jsonb_build_object('retention_days', current_date - DATE '2008-10-08')
                 WHERE id = 1;
                UPDATE site SET settings = jsonb_build_object('retention_days', current_date - DATE '2008-10-12')
                 WHERE id = 2
                """
            )
            let found = try await DatabaseFacts.read(from: database.url).overdue
            #expect(found == OverdueHits(sites: 1, days: 5))
            for table in ["hit", "event"] {
                let sites = try await DatabaseFacts.read(from: database.url).overdue?.sites
                #expect(sites == 1)
                try await database.run("DELETE FROM \(table)")
            }
            #expect(try await DatabaseFacts.read(from: database.url).overdue == OverdueHits(sites: 0, days: 0))
        }
    }
}
