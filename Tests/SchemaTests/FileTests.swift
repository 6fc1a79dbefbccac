import FoundationEssentials
import Postgres
import Support
import Testing

@testable import Schema

/// The files of functions and views, which are applied again when their texts change.
@Suite(.needsPostgres)
struct FileTests {
    /// The number of the schema and the SHA-256 of all texts in `functions/` and `views/` as of that number.
    ///
    /// Programs compare the numbers to find the newer of two texts, so every change of a text needs another number.
    private static let texts = (
        number: 41, checksum: "880f4303d93ff9ca08eba016273fded29b48b34d9b22cd3f3c74855cc8976e36"
    )

    @Test func otherTextsHaveAnotherNumber() async throws {
        try await withEmptyDatabase(.postgres) { database in
            let text = (SchemaFile.views + SchemaFile.functions).map { "\($0.name)\n\($0.sql)" }.joined()
            let checksum = try await Connection.with(database.url) { try await $0.execute(Checksums(texts: [text])) }
            let advice: Comment =
                "the schema of a release has changed: add a step to sql/tables, if there is none since, and enter both"
            #expect(checksum == [Self.texts.checksum], advice)
            #expect(Migration.latest == Self.texts.number, advice)
        }
    }

    @Test func everyFileIsListed() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../sql").standardized.path
        func files(in part: String) throws -> Set<String> {
            Set(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)").map { "\(part)/\($0)" })
        }
        #expect(try files(in: "tables").count + files(in: "online").count == Migration.all.count + 1)
        #expect(try files(in: "views") == Set(SchemaFile.views.map(\.name)))
        #expect(try files(in: "functions") == Set(SchemaFile.functions.map(\.name)))
    }

    /// Migrations create the functions without a check of their bodies.
    @Test(arguments: Flavour.allCases)
    func everyBodyIsValid(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let checked = try await database.lines(
                """
                SELECT CASE lanname WHEN 'sql' THEN fmgr_sql_validator(p.oid) ELSE plpgsql_validator(p.oid) END
                  FROM pg_proc AS p JOIN pg_language AS l ON l.oid = prolang
                 WHERE pronamespace = 'hourglass'::regnamespace
                """
            )
            #expect(checked.count > 20)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aChangedTextIsAppliedAgain(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let fresh = try await database.description()
            try await database.run(
                """
                CREATE OR REPLACE FUNCTION every_site() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                UPDATE schema_file SET checksum = 'x' WHERE name = 'functions/hour.sql'
                """
            )
            try await expectMigration(of: database, to: fresh, applying: ["functions"])
            try await database.run(
                """
                CREATE OR REPLACE VIEW hourglass_read.site AS 
                SELECT id, 'x' || name AS name, uuid, hostnames, zone, settings, created_at FROM site;
                INSERT INTO schema_file (name, checksum) VALUES ('views/x.sql', 'x');
                DELETE FROM schema_file WHERE name = 'views/site.sql'
                """
            )
            try await expectMigration(of: database, to: fresh, applying: ["views"])
            #expect(try await database.lines("SELECT FROM schema_file WHERE name = 'views/x.sql'") == [])
        }
    }

    private func expectMigration(of database: TestDatabase, to fresh: [String], applying files: [String]) async throws {
        #expect(try await database.description() != fresh)
        let state = try await database.schema()
        #expect(state == .older(applied: Migration.latest, known: Migration.latest))
        #expect(state.obstacle?.hasPrefix("functions or views of the database are not those of this program") == true)
        #expect(try await Migrator(url: database.url).migrate().applied == files)
        #expect(try await database.schema() == .current(database.flavour))
        #expect(try await database.description() == fresh)
    }

    /// Functions call each other, so all are replaced or none.
    @Test(arguments: Flavour.allCases)
    func ofFunctionsThatFailNoneIsReplaced(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(
                """
                CREATE OR REPLACE FUNCTION every_site() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                SET ROLE hourglass_owner;
                DROP FUNCTION refuse_dropped(timestamptz);
                CREATE FUNCTION refuse_dropped(timestamptz) RETURNS text LANGUAGE sql AS 'SELECT NULL';
                UPDATE schema_file SET checksum = 'x' WHERE name IN ('functions/hour.sql', 'functions/late.sql')
                """
            )
            let before = try await database.description()
            let error = await #expect(throws: Migrator.Failure.self) {
                _ = try await Migrator(url: database.url).migrate()
            }
            #expect(error?.description.hasPrefix("functions/late.sql failed: cannot change return type") == true)
            #expect(try await database.description() == before)
            #expect(try await database.lines("SELECT count(*) FROM schema_file WHERE checksum = 'x'") == ["2"])
        }
    }

    /// Another program with a greater number has replaced a function.
    @Test(arguments: Flavour.allCases)
    func aNewerTextIsLeftAlone(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let next = Migration.latest + 1
            try await database.run(
                """
                INSERT INTO schema_migration (number, name, flavour, checksum, compatible_with)
                VALUES (\(next), 'x', '\(flavour.rawValue)', 'x', \(Migration.latest));
                UPDATE schema_file SET checksum = 'x' WHERE name = 'functions/late.sql'
                """
            )
            #expect(try await database.schema() == .compatible(flavour, applied: next))
            #expect(try await Migrator(url: database.url).migrate().applied == [])
            #expect(
                try await database.lines("SELECT name FROM schema_file WHERE checksum = 'x'") == ["functions/late.sql"]
            )
        }
    }

    /// A reader that holds one view and wants the others does not deadlock with a migration that replaces them all.
    @Test(arguments: Flavour.allCases)
    func readersAreOnlyKeptWaiting(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("UPDATE schema_file SET checksum = 'x' WHERE name LIKE 'views/%'")
            let names = try await database.lines(
                "SELECT relname FROM pg_class WHERE relnamespace = 'hourglass_read'::regnamespace ORDER BY relname"
            )
            let setup = "SET search_path = hourglass_read, pg_catalog"
            try await Connection.with(database.url, setup: setup) { reader in
                // The reader holds a view in the middle: the migration has replaced some before it waits for this one.
                try await reader.run("BEGIN; SELECT FROM \(names[names.count / 2])")
                async let migration = Migrator(url: database.url).migrate()
                // The view lists the locks of all databases, and other tests wait for some in theirs.
                try await eventually {
                    try await database.lines(
                        """
                        SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                        WHERE datname = current_database() AND relation IS NOT NULL AND NOT granted
                        """
                    ).count == 1
                }
                for name in names { try await reader.run("SELECT FROM \(name)") }
                try await reader.run("COMMIT")
                #expect(try await migration.applied == ["views"])
            }
            #expect(try await database.schema() == .current(flavour))
        }
    }
}
