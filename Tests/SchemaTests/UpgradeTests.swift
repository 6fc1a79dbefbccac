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
            let moment = try await store(in: database, atStep: last)
            let summary = try await Migrator(url: database.url).migrate(flavour: flavour)
            #expect(summary.applied.suffix(3) == ["41 (refresh)", "views", "functions"])
            #expect(try await database.schema() == .current(flavour))
            let upgraded = try await database.description()
            #expect(Set(upgraded).symmetricDifference(fresh).sorted() == [])
            // A server of that program that is still running recognises its own steps, and may ignore the later ones.
            let after = try await steps(of: database)
            #expect(after.filter { $0.number <= last }.map(\.identity) == before.map(\.identity))
            #expect(after.allSatisfy { $0.number <= 12 || $0.compatibleWith <= 12 })
            if let moment { try await expectAnswer(from: database, endingAt: moment) }
        }
    }

    /// Servers of that program store and answer after every single step, which is where a migration may be interrupted;
    /// then those of this program join them one after the other, and take their place.
    @Test(arguments: Flavour.allCases)
    func everyStepLeavesEarlierServersWorking(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database)
            try await database.storeWeeks(2)
            let earlier = (0..<2).map { EarlierServer(number: $0, url: database.url) }
            let stored = try await withThrowingTaskGroup(of: Int.self) { group in
                for server in earlier { group.addTask { try await server.run() } }
                try await database.takeSteps(after: 12) { step in
                    for server in earlier {
                        let before = server.stored
                        try await eventually { server.stored > before }
                    }
                    let least = earlier.reduce(0) { $0 + $1.stored }
                    let users = try await EarlierServer.users(in: database)
                    #expect(users >= least, "after \(step)")
                }
                #expect(
                    try await Migrator(url: database.url).migrate(flavour: flavour).applied == ["views", "functions"]
                )
                let later = earlier.indices.map { LaterServer(number: $0, url: database.url) }
                for (old, new) in zip(earlier, later) {
                    group.addTask { try await new.run() }
                    let before = old.stored
                    try await eventually { new.stored > 0 && old.stored > before }
                    old.stop()
                }
                for new in later {
                    let before = new.stored
                    try await eventually { new.stored > before }
                    new.stop()
                }
                return try await group.reduce(0, +)
            }
            // Those of the two weeks are there as well.
            #expect(try await database.count(.events) == stored + 2)
            let store = PostgresStore(url: database.url)
            let report = try await store.hour(of: .init(rawValue: 1), endingAt: EarlierServer.end)
            #expect(report == HourReport(uniqueUsers: stored, clicks: stored, impressions: 0))
            store.close()
        }
    }

    /// A call that began with a function of before may still call those that are dropped.
    @Test(arguments: Flavour.allCases)
    func functionsStayUntilCallsHaveEnded(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(
                "SET ROLE hourglass_owner; CREATE FUNCTION late_lock() RETURNS bigint LANGUAGE sql AS 'SELECT 7::bigint'"
            )
            try await Connection.with(database.url, setup: "SET search_path = hourglass, public") { caller in
                try await caller.run("BEGIN; SELECT FROM batch")
                async let migration = Migrator(url: database.url).migrate()
                // The migration has come to where it drops them, or soon does.
                for _ in 0..<200 { #expect(try await caller.values("SELECT late_lock()") == [["7"]]) }
                try await caller.run("COMMIT")
                #expect(try await migration.applied == [])
            }
            let rest = try await database.lines("SELECT to_regprocedure('late_lock()') IS NULL")
            #expect(rest == ["t"])
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

    private static let changes = [
        "ALTER TABLE batch ADD COLUMN x integer", "ALTER TABLE site OWNER TO postgres",
        "ALTER FUNCTION prune() SET search_path = public", "DROP VIEW hourglass_read.site",
        "GRANT EXECUTE ON FUNCTION prune() TO hourglass_ingest", "GRANT DELETE ON event TO hourglass_ingest",
        "CREATE INDEX ON batch (committed_at)", "ALTER TABLE batch ADD CHECK (id IS NOT NULL)",
        "ALTER TABLE batch ALTER committed_at DROP DEFAULT", "GRANT USAGE ON SCHEMA hourglass TO PUBLIC",
    ]

    /// Each of these changes shows in the description, or comparing descriptions would prove nothing.
    @Test(arguments: Flavour.allCases)
    func aDescriptionShowsADifference(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            var before = try await database.description()
            for change in Self.changes {
                try await database.run(change)
                let after = try await database.description()
                #expect(after != before, "\(change)")
                before = after
            }
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

    /// Stores an event, as a server of the earlier program does if the schema is that of one.
    ///
    /// - Parameters:
    ///   - database: The database.
    ///   - last: The last step of its schema.
    /// - Returns: The time of the event; nil if the schema has no events yet.
    /// - Throws: The error of the database.
    private func store(in database: TestDatabase, atStep last: Int) async throws -> Timestamp? {
        guard last >= 2 else { return nil }
        guard last < 12 else {
            try await database.run(
                """
                SELECT FROM open_batch(
                    gen_random_uuid(), gen_random_uuid(), 1, '{340000}', 0, '{}', '{}', '{}', '{}', '{}', '{}', false, NULL
                );
                INSERT INTO event (ts, site_id, kind, user_id) VALUES (to_timestamp(1224000000), 1, 1, 'a')
                """
            )
            return Timestamp(seconds: 1_224_000_000)
        }
        // In an hour that is open when the hours come, in step 4, so that it needs no notes.
        let moment = Timestamp(seconds: Timestamp.now.milliseconds / 1_000 + 3_600)
        let time = "to_timestamp(\(moment.milliseconds / 1_000))"
        try await database.run(
            """
            SELECT make_partitions(ARRAY[date_trunc('hour', \(time), 'UTC')]);
            INSERT INTO event (ts, site_id, kind, user_id) VALUES (\(time), 1, 1, 'a')
            """
        )
        return moment
    }

    private func expectAnswer(from database: TestDatabase, endingAt moment: Timestamp) async throws {
        let store = PostgresStore(url: database.url)
        let report = try await store.hour(of: .init(rawValue: 1), endingAt: moment)
        #expect(report == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
        store.close()
    }
}
