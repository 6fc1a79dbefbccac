import Postgres
import Support
import Testing

@testable import Schema

/// The work of a migration outside of transactions, beside servers that go on.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct OnlineStepTests {
    /// Each week of events gets its index, and the old one goes last.
    @Test(arguments: Flavour.allCases)
    func theIndexIsBuiltWeekByWeek(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database, through: 12)
            try await database.storeWeeks(3)
            let plan = try await Migrator(url: database.url).plan()
            let lines = CollectingLog()
            _ = try await Migrator(url: database.url).migrate { lines.add($0) }
            let labels = lines.entries.filter { $0.hasPrefix("index on event ") && $0.contains("of 3 (") }
            #expect(labels.contains { $0.hasPrefix("index on event 3 of 3") })
            #expect(try await database.indexes() == [.whole: 1, .parts: 3, .old: 0, .invalid: 0])
            // It was planned like that; partitions are attached besides.
            let planned = try #require(plan.steps.last).tasks.map(\.label)
            #expect(lines.entries.filter { planned.contains($0) } == planned)
            #expect(plan.estimate >= .seconds(3))
        }
    }

    /// A process that is killed while it builds leaves an index that is not valid, and the next one builds it again.
    ///
    /// Old servers store and answer meanwhile.
    @Test(arguments: Flavour.allCases)
    func aKilledBuildIsMadeAgain(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database, through: 12)
            try await database.storeWeeks(3)
            try await Connection.with(database.url) { reader in
                // The build waits for the end of older snapshots.
                try await reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM hourglass.site")
                async let migration = Migrator(url: database.url).migrate()
                try await eventually { try await database.indexes()[.invalid] ?? 0 > 0 }
                // It also makes a new partition.
                try await database.run(Self.batch(at: 1_224_000_000))
                #expect(try await database.lines("SELECT clicks FROM rollup(1, to_timestamp(1224000000))") == ["1"])
                try await database.run(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = current_database() AND query LIKE 'CREATE INDEX CONCURRENTLY%'
                    """
                )
                do {
                    _ = try await migration
                    Issue.record("the migration outlived its session")
                } catch Migrator.Failure.task(let label, _) {
                    #expect(label.hasPrefix("index on event 1 of 3"))
                }
                try await reader.run("COMMIT")
            }
            #expect(try await database.schema() == .older(applied: 13, known: Migration.latest))
            _ = try await Migrator(url: database.url).migrate()
            #expect(try await database.schema() == .current(flavour))
            #expect(try await database.indexes() == [.whole: 1, .parts: 4, .old: 0, .invalid: 0])
        }
    }

    /// A long report holds the table when the old index is to be dropped: the migration tries again, and batches do not
    /// queue behind it.
    @Test(arguments: Flavour.allCases)
    func aLockThatIsNotToBeHadIsTriedAgain(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database, through: 12)
            try await database.storeWeeks(1)
            try await Connection.with(database.url) { reader in
                try await reader.run("BEGIN; SELECT count(*) FROM hourglass.event")
                async let migration = Migrator(url: database.url).migrate()
                try await eventually {
                    try await database.lines(
                        """
                        SELECT FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()
                           AND query LIKE '%DROP INDEX hourglass.event_ts' AND wait_event_type = 'Lock'
                        """
                    ).count == 1
                }
                try await database.run("SET statement_timeout = '10s'; \(Self.batch(at: 1_767_600_000))")
                try await reader.run("COMMIT")
                #expect(try await migration.applied.contains("14 (event_site)"))
            }
            #expect(try await database.indexes()[.old] == 0)
        }
    }

    /// A role that may not make indexes in the extension's schema leaves the work to the extension.
    @Test func withoutRightsOnChunksTheExtensionBuilds() async throws {
        try await withEmptyDatabase(.timescaledb) { database in
            try await Schema12.migrate(database, through: 12)
            try await database.storeWeeks(2)
            let role = "limited_\(database.name)"
            try await database.run(
                """
                CREATE ROLE \(role) LOGIN NOINHERIT;
                GRANT hourglass_owner, hourglass_maintain TO \(role);
                -- Roles of later schemas belong to the whole server: here another test may have made them, or not.
                DO $$ BEGIN
                    CREATE ROLE hourglass_registry NOLOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$;
                DO $$ BEGIN
                    CREATE ROLE hourglass_query NOLOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$;
                CREATE SCHEMA hourglass_query AUTHORIZATION hourglass_owner;
                """
            )
            let lines = CollectingLog()
            _ = try await Migrator(url: database.login(role).url).migrate { lines.add($0) }
            #expect(lines.entries.contains { $0.contains("event_site on each of 2 chunks") })
            #expect(try await database.indexes() == [.whole: 1, .parts: 2, .old: 0, .invalid: 0])
            try await database.run("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    /// A plan changes nothing, and is empty after the migration.
    @Test(arguments: Flavour.allCases, [0, 6, 12])
    func aPlanChangesNothing(flavour: Flavour, last: Int) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database, through: last)
            if last == 12 { try await database.storeWeeks(2) }
            let before = last == 0 ? [] : try await database.description()
            let plan = try await Migrator(url: database.url).plan(flavour: flavour)
            #expect(plan.flavour == flavour)
            #expect(plan.steps.map(\.title) == Migration.steps(for: flavour).filter { $0.number > last }.map(\.title))
            #expect(Set(plan.files) == Set(SchemaFile.files(for: flavour).map(\.name)))
            #expect(plan.steps.contains { !$0.tasks.isEmpty } == (last >= 6))
            if last > 0 { #expect(try await database.description() == before) }
            _ = try await Migrator(url: database.url).migrate(flavour: flavour)
            let after = try await Migrator(url: database.url).plan()
            #expect(after.steps.isEmpty && after.files.isEmpty)
        }
    }

    /// A batch of an older server, with an event on a whole hour in seconds since 1970.
    private static func batch(at second: Int) -> String {
        """
        SELECT FROM hourglass.open_batch(
            gen_random_uuid(), gen_random_uuid(), 1, '{\(second / 3600)}', 0,
            '{}', '{}', '{}', '{}', '{}', '{}', false, NULL
        );
        INSERT INTO hourglass.event (ts, site_id, kind, user_id) VALUES (to_timestamp(\(second)), 1, 1, 'a')
        """
    }
}

extension TestDatabase {
    enum IndexCount: String {
        case whole, parts, old, invalid
    }

    /// Stores an event in each of some weeks of 2026.
    func storeWeeks(_ count: Int) async throws {
        try await run(
            """
            SET search_path = hourglass, public;
            SELECT make_partitions(ARRAY(
                SELECT to_timestamp(1767600000) + week * INTERVAL '7 days' FROM generate_series(0, \(count - 1)) AS week
            ));
            INSERT INTO event (ts, site_id, kind, user_id)
            SELECT to_timestamp(1767600000) + week * INTERVAL '7 days', 1, 1, 'a'
              FROM generate_series(0, \(count - 1)) AS week
            """
        )
    }

    /// The numbers of indexes of events by site on the whole table and on its parts, of the old ones, and of those that
    /// are not valid.
    func indexes() async throws -> [IndexCount: Int] {
        let lines = try await lines(
            """
            WITH index AS (
                SELECT indisvalid, indrelid = 'event'::regclass AS is_whole, pg_get_indexdef(indexrelid) AS text
                  FROM pg_index
                 WHERE indrelid = 'event'::regclass
                    OR indrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'event'::regclass)
            )
            SELECT count(*) FILTER (WHERE text LIKE '%(site_id, ts)' AND is_whole AND indisvalid),
                   count(*) FILTER (WHERE text LIKE '%(site_id, ts)' AND NOT is_whole AND indisvalid),
                   count(*) FILTER (WHERE text LIKE '%btree (ts)'),
                   count(*) FILTER (WHERE NOT indisvalid AND NOT is_whole)
              FROM index
            """
        )
        let numbers = lines.first?.split(separator: " ").compactMap { Int($0) } ?? []
        return Dictionary(uniqueKeysWithValues: zip([.whole, .parts, .old, .invalid], numbers))
    }
}
