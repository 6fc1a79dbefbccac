import Analytics
import Postgres
import Store
import Support
import Testing

@testable import Schema

@Suite(.needsPostgres)
struct UpgradeTests {
    /// A schema at any step of an earlier program ends as that of an empty database does, and keeps its rows.
    @Test(arguments: Flavour.allCases, [1, 3, 4, 6, 9, 11, 12])
    func anEarlierSchemaEndsAsAFreshOne(flavour: Flavour, last: Int) async throws {
        let fresh = try await withDatabase(flavour) { try await $0.description() }
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database, through: last)
            let before = try await steps(of: database)
            if let last = before.last?.number {
                #expect(try await database.schema() == .older(applied: last, known: Migration.latest))
            }
            if last == 12 { try await store(in: database) }
            let summary = try await Migrator(url: database.url).migrate(flavour: flavour)
            #expect(summary.applied.suffix(3) == ["38 (vacuum)", "views", "functions"])
            #expect(try await database.schema() == .current(flavour))
            let upgraded = try await database.description()
            #expect(Set(upgraded).symmetricDifference(fresh).sorted() == [])
            // A server of that program that is still running recognises its own steps, and may ignore the later ones.
            let after = try await steps(of: database)
            #expect(after.filter { $0.number <= last }.map(\.identity) == before.map(\.identity))
            #expect(after.allSatisfy { $0.number <= 12 || $0.compatibleWith <= 12 })
            if last == 12 { try await expectAnswer(from: database) }
        }
    }

    /// Servers of that program store throughout the migration, and every event that one was told is stored is counted.
    @Test(arguments: Flavour.allCases)
    func eventsOfEarlierServersAreTakenDuringTheMigration(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database)
            let servers = (0..<3).map { EarlierServer(number: $0, url: database.url) }
            let stored = try await withThrowingTaskGroup(of: Int.self) { group in
                for server in servers { group.addTask { try await server.run() } }
                try await eventually { servers.allSatisfy { $0.stored > 0 } }
                _ = try await Migrator(url: database.url).migrate(flavour: flavour)
                // They are replaced one after the other: the last store on the new schema.
                for server in servers {
                    let before = server.stored
                    try await eventually { server.stored > before }
                    server.stop()
                }
                return try await group.reduce(0, +)
            }
            let lines = try await database.lines("SELECT count(*) FROM hourglass.event")
            #expect(lines == ["\(stored)"])
            let store = PostgresStore(url: database.url)
            let report = try await store.hour(of: .init(rawValue: 1), endingAt: EarlierServer.end)
            #expect(report == HourReport(uniqueUsers: stored, clicks: stored, impressions: 0))
            store.close()
        }
    }

    /// Each of these changes shows in the description, or comparing descriptions would prove nothing.
    @Test(
        arguments: Flavour.allCases,
        [
            "ALTER TABLE batch ADD COLUMN x integer", "ALTER TABLE site OWNER TO postgres",
            "ALTER FUNCTION prune() SET search_path = public", "DROP VIEW hourglass_read.site",
            "GRANT EXECUTE ON FUNCTION prune() TO hourglass_ingest", "GRANT DELETE ON event TO hourglass_ingest",
            "CREATE INDEX ON batch (committed_at)", "ALTER TABLE batch ADD CHECK (id IS NOT NULL)",
            "ALTER TABLE batch ALTER committed_at DROP DEFAULT", "GRANT USAGE ON SCHEMA hourglass TO PUBLIC",
        ]
    )
    func aDescriptionShowsADifference(flavour: Flavour, change: String) async throws {
        try await withDatabase(flavour) { database in
            let before = try await database.description()
            try await database.run(change)
            #expect(try await database.description() != before)
        }
    }

    /// Hits that were dropped before there were totals are gone; hits tell the dates from two days later on.
    @Test(arguments: Flavour.allCases)
    func datesOfDroppedHitsAreUnknown(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let step = try #require(Migration.all.first { $0.name == "day_total" })
            try await database.run(
                """
                DROP TABLE day_total, total_span CASCADE;
                ALTER TABLE retention DROP COLUMN hits_since CASCADE, DROP COLUMN hits_taken_since;
                INSERT INTO site (id, name, zone)
                VALUES (2, 'two', 'Europe/Berlin'), (3, 'three', 'Etc/GMT+12'), (4, 'four', 'UTC');
                INSERT INTO name (site_id, text, digest)
                SELECT id, 'pageview', gen_random_uuid() FROM site WHERE id < 4;
                UPDATE retention SET kept_since = '2008-10-06Z'
                """
            )
            try await database.run(step.sql)
            let spans = try await database.lines(
                """
                SELECT site_id, to_char(since AT TIME ZONE 'UTC', 'DD HH24'), since = counted AND since = until
                  FROM total_span ORDER BY site_id
                """
            )
            #expect(spans == ["1 08 00 t", "2 08 22 t", "3 08 12 t"])
            let borders = try await database.lines(
                "SELECT hits_since = kept_since AND hits_taken_since = kept_since FROM retention"
            )
            #expect(borders == ["t"])
        }
    }

    private func steps(of database: TestDatabase) async throws -> [AppliedMigrations.Row] {
        try await Connection.with(database.url) { try await $0.execute(AppliedMigrations()) }
    }

    /// Stores an event as a server of the earlier program does.
    private func store(in database: TestDatabase) async throws {
        try await database.run(
            """
            SELECT FROM open_batch(
                gen_random_uuid(), gen_random_uuid(), 1, '{340000}', 0, '{}', '{}', '{}', '{}', '{}', '{}', false, NULL
            );
            INSERT INTO event (ts, site_id, kind, user_id) VALUES (to_timestamp(1224000000), 1, 1, 'a')
            """
        )
    }

    private func expectAnswer(from database: TestDatabase) async throws {
        let store = PostgresStore(url: database.url)
        let report = try await store.hour(of: .init(rawValue: 1), endingAt: .init(seconds: 1_224_000_000))
        #expect(report == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
        store.close()
    }
}
