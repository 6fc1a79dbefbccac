import Analytics
import Foundation
import Postgres
import Store
import Support
import Testing

@testable import Schema

@Suite(.needsPostgres)
struct MigratorTests {
    @Test(arguments: Flavour.allCases)
    func aSecondRunDoesNothing(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            let migrator = Migrator(url: database.url)
            let first = try await migrator.migrate(flavour: flavour)
            let second = try await migrator.migrate(flavour: flavour)
            #expect(first.applied == Self.everything(flavour))
            #expect(second.applied.isEmpty)
            #expect(try await database.schema() == .current(flavour))
        }
    }

    @Test(arguments: Flavour.allCases)
    func oneOfSeveralAtOnceMigratesAndAllSucceed(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            let applied = try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask { try await Migrator(url: database.url).migrate(flavour: flavour).applied }
                }
                return try await group.reduce([], +)
            }
            #expect(applied == Self.everything(flavour))
        }
    }

    /// The steps and files that a migration of an empty database applies.
    private static func everything(_ flavour: Flavour) -> [String] {
        Migration.steps(for: flavour).map { "\($0.number) (\($0.name))" } + ["views", "functions"]
    }

    /// A migration killed before each transaction in turn goes on where it was, in an empty database and in that of an
    /// earlier program.
    @Test(arguments: Flavour.allCases, [0, 6, 12])
    func aKilledMigrationGoesOn(flavour: Flavour, first: Int) async throws {
        try await withEmptyDatabase(flavour) { database in
            try await Schema12.migrate(database, through: first)
            if first == 12 { try await database.storeWeeks(2) }
            var attempts = 0
            while try await database.schema() != .current(flavour) {
                attempts += 1
                let last = attempts
                let steps = Counting()
                await #expect(throws: (any Error).self) {
                    _ = try await Migrator(url: database.url).migrate(flavour: flavour) { _ in
                        if steps.next() == last { Self.killBackends(of: database) }
                    }
                    // Fewer steps were left, so nothing was killed: the expected error is thrown here, and the loop
                    // ends.
                    throw CancellationError()
                }
                guard attempts < 30 else { break }
            }
            #expect(attempts > 2)
            #expect(try await database.schema() == .current(flavour))
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

    /// Without TimescaleDB this test is skipped, and so seen in the report, while the others of the flavour are
    /// cancelled.
    @Test(.needsTimescaleDB) func takesTimescaleDBWhereItIsAvailable() async throws {
        try await withEmptyDatabase(.timescaledb) { database in
            let summary = try await Migrator(url: database.url).migrate()
            #expect(summary.flavour == .timescaledb)
        }
    }

    @Test func anEmptyDatabaseIsOlder() async throws {
        try await withEmptyDatabase(.postgres) { database in
            let state = try await database.schema()
            #expect(state == .older(applied: 0, known: 41))
        }
    }

    /// A migration makes nothing in a database of another encoding, and a server does not use one migrated earlier.
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
}

/// The schemas that a migration makes.
private struct SchemaNames: Statement {
    static let sql = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'hourglass%'"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
