import Postgres
import Support
import Testing

@testable import Schema

@Suite(.needsPostgres)
struct SchemaStateTests {
    @Test(arguments: Flavour.allCases)
    func aStepThatWasAnotherOneIsFound(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("UPDATE schema_migration SET checksum = 'x' WHERE number = 4")
            let expected = SchemaState.changed(step: "4 (hour)")
            #expect(try await database.schema() == expected)
            let error = await #expect(throws: Migrator.Failure.self) {
                _ = try await Migrator(url: database.url).migrate()
            }
            #expect(error?.description == expected.obstacle)
        }
    }

    @Test(arguments: Flavour.allCases)
    func anOlderAndANewerSchemaAreFound(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let known = Migration.latest
            try await database.run(
                """
                INSERT INTO schema_migration (number, name, flavour, checksum)
                VALUES (\(known + 1), 'x', '\(flavour.rawValue)', 'x')
                """
            )
            #expect(try await database.schema() == .newer(applied: known + 1, known: known))
            await #expect(throws: Migrator.Failure.self) { _ = try await Migrator(url: database.url).migrate() }
            try await database.run("DELETE FROM schema_migration WHERE number >= \(known)")
            #expect(try await database.schema() == .older(applied: known - 1, known: known))
            // A step is missing between others.
            try await database.run("DELETE FROM schema_migration WHERE number = 7")
            #expect(try await database.schema() == .changed(step: "7 (batch)"))
        }
    }

    /// The steps of a newer program say which schema a server has to know at least.
    @Test(arguments: Flavour.allCases)
    func aNewerSchemaMayBeCompatible(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let known = Migration.latest
            for (number, compatible) in [(known + 1, known), (known + 2, known - 3)] {
                try await database.run(
                    """
                    INSERT INTO schema_migration (number, name, flavour, checksum, compatible_with)
                    VALUES (\(number), 'x', '\(flavour.rawValue)', 'x', \(compatible))
                    """
                )
                #expect(try await database.schema() == .compatible(flavour, applied: number))
                #expect(try await database.schema().obstacle == nil)
                #expect(try await Migrator(url: database.url).migrate().applied == [])
            }
            try await database.run("UPDATE schema_migration SET compatible_with = number WHERE number = \(known + 1)")
            #expect(try await database.schema() == .newer(applied: known + 2, known: known))
        }
    }

    /// A database that an early program has migrated has no compatibility numbers.
    @Test func aSchemaWithoutCompatibilityIsRead() async throws {
        try await withEmptyDatabase(.postgres) { database in
            try await Schema12.migrate(database, through: 11)
            try await database.run("ALTER TABLE schema_migration DROP COLUMN compatible_with")
            #expect(try await database.schema() == .older(applied: 11, known: Migration.latest))
        }
    }
}
