import Analytics
import Foundation
import Postgres
import Support
import Testing

@testable import Store

@Suite(.needsPostgres)
struct MigratorTests {
    @Test(arguments: Flavour.allCases)
    func aSecondRunDoesNothing(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            let migrator = Migrator(url: database.url)
            let first = try await migrator.migrate(flavour: flavour)
            let second = try await migrator.migrate(flavour: flavour)
            #expect(first.applied.count == Migration.steps(for: flavour).count)
            #expect(second.applied.isEmpty)
            #expect(try await schema(database) == .current(flavour))
        }
    }

    @Test(arguments: Flavour.allCases)
    func oneOfSeveralAtOnceMigratesAndAllSucceed(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            let applied = try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask { try await Migrator(url: database.url).migrate(flavour: flavour).applied.count }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == Migration.steps(for: flavour).count)
        }
    }

    /// Killed before each step in turn, and once in the middle of one, it goes on where it was.
    @Test(arguments: Flavour.allCases)
    func aKilledMigrationGoesOn(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            var attempts = 0
            while try await schema(database) != .current(flavour) {
                attempts += 1
                let last = attempts
                let steps = Counting()
                await #expect(throws: (any Error).self) {
                    _ = try await Migrator(url: database.url).migrate(flavour: flavour) { _ in
                        if steps.next() == last { Self.killBackends(of: database) }
                    }
                    // With fewer steps left than that nobody was killed: the loop ends.
                    throw CancellationError()
                }
                guard attempts < 30 else { break }
            }
            #expect(attempts > 2)
            #expect(try await schema(database) == .current(flavour))
            _ = try await PostgresStore(url: database.url).hour(
                of: .init(rawValue: 1),
                endingAt: .init(seconds: 1_223_567_997)
            )
        }
    }

    /// Blocks until the migrating session is gone, so that its next statement meets a closed connection.
    private static func killBackends(of database: TestDatabase) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-Xqd", database.url, "-c",
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        ]
        process.standardOutput = FileHandle.nullDevice
        do {
            try process.run()
            process.waitUntilExit()
        } catch {
            Issue.record("psql did not run: \(error)")
        }
    }

    @Test(arguments: Flavour.allCases)
    func aStepThatWasAnotherOneIsFound(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("UPDATE schema_migration SET checksum = 'x' WHERE number = 4")
            let expected = Schema.changed(step: "4 (hour)")
            #expect(try await schema(database) == expected)
            let error = await #expect(throws: Migrator.Failure.self) {
                _ = try await Migrator(url: database.url).migrate()
            }
            #expect(error?.description == expected.obstacle)
        }
    }

    @Test(arguments: Flavour.allCases)
    func anOlderAndANewerSchemaAreFound(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let known = try #require(Migration.all.last?.number)
            try await database.run(
                """
                INSERT INTO schema_migration (number, name, flavour, checksum)
                VALUES (\(known + 1), 'x', '\(flavour.rawValue)', 'x')
                """
            )
            #expect(try await schema(database) == .newer(applied: known + 1, known: known))
            await #expect(throws: Migrator.Failure.self) { _ = try await Migrator(url: database.url).migrate() }
            try await database.run("DELETE FROM schema_migration WHERE number >= \(known)")
            #expect(try await schema(database) == .older(applied: known - 1, known: known))
        }
    }

    /// A newer server has migrated, and says which steps an older one has to know.
    @Test(arguments: Flavour.allCases)
    func aNewerSchemaMayBeCompatible(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let known = try #require(Migration.all.last?.number)
            for (number, compatible) in [(known + 1, known), (known + 2, known - 3)] {
                try await database.run(
                    """
                    INSERT INTO schema_migration (number, name, flavour, checksum, compatible_with)
                    VALUES (\(number), 'x', '\(flavour.rawValue)', 'x', \(compatible))
                    """
                )
                #expect(try await schema(database) == .compatible(flavour, applied: number))
                #expect(try await schema(database).obstacle == nil)
                #expect(try await Migrator(url: database.url).migrate().applied == [])
            }
            try await database.run("UPDATE schema_migration SET compatible_with = number WHERE number = \(known + 1)")
            #expect(try await schema(database) == .newer(applied: known + 2, known: known))
        }
    }

    /// A database that the release before has migrated has no compatibility numbers.
    @Test func aSchemaWithoutCompatibilityIsRead() async throws {
        try await withDatabase(.postgres) { database in
            try await database.run("ALTER TABLE schema_migration DROP COLUMN compatible_with")
            #expect(try await schema(database) == .current(.postgres))
            try await database.run("DELETE FROM schema_migration WHERE number = 12")
            #expect(try await schema(database) == .older(applied: 11, known: Migration.latest))
        }
    }

    /// What a server of the release before calls keeps its name, its arguments and its meaning.
    @Test(arguments: Flavour.allCases)
    func theStatementsOfTheReleaseBeforeWork(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let login = database.login(TestDatabase.serverLogin)
            try await Connection.with(login.url, setup: "SET ROLE hourglass_ingest; SET search_path = hourglass;") {
                connection in
                for id in 1...2 {
                    // The key is known from the second batch on.
                    try await connection.run(
                        """
                        DO $$
                        DECLARE
                            batch uuid := '00000000-0000-0000-0000-00000000000\(id)';
                            known text;
                        BEGIN
                            known := (
                                SELECT string_agg(answer, ',' ORDER BY answer) FILTER (WHERE key = 'k1') FROM open_batch(
                                    batch, gen_random_uuid(), 1, '{340000}', 0, '{}', '{}', '{}', '{6b31}', '{61}', NULL
                                )
                            );
                            INSERT INTO event (ts, site_id, kind, user_id) VALUES (to_timestamp(1224000000), 1, 1, 'a');
                            IF known IS DISTINCT FROM \(id == 1 ? "NULL" : "'a'") THEN
                                RAISE EXCEPTION 'batch %: %', batch, known;
                            END IF;
                            PERFORM repeated_keys(batch, 1, '{k1}');
                        END $$
                        """
                    )
                }
            }
            #expect(try await database.count(.events) == 2)
            #expect(try await database.count(.keys) == 1)
        }
    }

    /// Skipped, and so seen in the report, where the tests of this flavour are cancelled.
    @Test(.needsTimescaleDB) func takesTimescaleDBWhereItIsAvailable() async throws {
        try await withEmptyDatabase(.timescaledb) { database in
            let summary = try await Migrator(url: database.url).migrate()
            #expect(summary.flavour == .timescaledb)
        }
    }

    @Test func anEmptyDatabaseIsOlder() async throws {
        try await withEmptyDatabase(.postgres) { database in
            let state = try await schema(database)
            #expect(state == .older(applied: 0, known: 12))
        }
    }

    /// Nothing is made in it, and a server does not use one that was migrated by an earlier version.
    @Test(arguments: ["SQL_ASCII", "LATIN1"])
    func anotherEncodingIsRefused(encoding: String) async throws {
        try await withDatabase(.postgres) { database in
            let name = "\(database.name)_\(encoding.lowercased())"
            let url = try TestServer.url(database: name)
            try await database.run("CREATE DATABASE \(name) ENCODING '\(encoding)' LOCALE 'C' TEMPLATE template0")
            let error = await #expect(throws: Migrator.Failure.self) { _ = try await Migrator(url: url).migrate() }
            #expect(error?.description.contains("encoding \(encoding)") == true)
            #expect(error?.description.contains("CREATE DATABASE … ENCODING 'UTF8'") == true)
            let store = PostgresStore(url: url)
            let schema = try await store.schema()
            #expect(schema == .encoding(encoding))
            #expect(schema.obstacle == error?.description)
            store.close()
            let schemas = try await Connection.with(url) { try await $0.execute(SchemaNames()) }
            #expect(schemas == [])
            try await database.run("DROP DATABASE \(name)")
        }
    }

    @Test func theFlavourCannotBeChanged() async throws {
        try await withDatabase(.postgres) { database in
            let error = await #expect(throws: Migrator.Failure.self) {
                _ = try await Migrator(url: database.url).migrate(flavour: .timescaledb)
            }
            #expect(error?.description == "the database is of flavour postgres, which cannot be changed")
        }
    }

    @Test(
        arguments: [
            ("2.28.3", true, nil), ("2.28.0", true, nil), ("3.0.0", true, nil),
            (nil, true, "TimescaleDB is not installed on this server"),
            ("2.27.9", true, "TimescaleDB 2.27.9 is too old: at least 2.28 is needed"),
            ("x", true, "TimescaleDB x is too old: at least 2.28 is needed"),
        ] as [(String?, Bool, String?)]
    )
    func saysWhyTimescaleDBCannotBeUsed(version: String?, isPreloaded: Bool, obstacle: String?) {
        #expect(FlavourSupport.Row(available: version, schema: nil, isPreloaded: isPreloaded).obstacle == obstacle)
    }

    @Test func everyFileIsAStep() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../sql")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".sql") }
        #expect(files.count == Migration.all.count + 1)
    }

    private func schema(_ database: TestDatabase) async throws -> Schema {
        try await Connection.with(database.url) { try await Schema.state(of: $0) }
    }
}

/// The schemas that a migration makes.
private struct SchemaNames: Statement {
    static let sql = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'hourglass%'"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
