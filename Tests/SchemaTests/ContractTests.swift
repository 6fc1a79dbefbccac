import FoundationEssentials
import Postgres
import Support
import Testing

@testable import Schema

/// The contract between a schema and the servers that were released before it.
@Suite(.needsPostgres)
struct ContractTests {
    /// Each statement finds the functions, arguments, tables and columns that it names.
    @Test(arguments: Flavour.allCases)
    func everyReleasedStatementIsUnderstood(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let login = database.login(TestDatabase.serverLogin)
            for (role, statements) in ReleasedStatements.all {
                let setup = "SET ROLE \(role); SET search_path = \(role), hourglass;"
                try await Connection.with(login.url, setup: setup) { connection in
                    for (place, sql) in statements.enumerated() {
                        await #expect(throws: Never.self, "\(sql)") {
                            // PREPARE does not accept a CALL, but the body of a function does.
                            try await connection.run(
                                sql.hasPrefix("CALL")
                                    ? "CREATE FUNCTION pg_temp.call(bigint) RETURNS void LANGUAGE sql AS '\(sql)'"
                                    : "PREPARE released_\(place) AS \(sql)"
                            )
                        }
                    }
                }
            }
        }
    }

    /// Every statement that this program sends is in the list; those that only earlier programs send stay in it.
    @Test func everyStatementOfThisProgramIsReleased() throws {
        let released = Set(ReleasedStatements.all.flatMap(\.statements))
        let sent = try Self.statements(in: "Sources/Store") + Self.statements(in: "Sources/Registry")
        #expect(sent.count > 20)
        for sql in sent where !sql.hasPrefix("FETCH") {
            #expect(released.contains(sql), "enter it in ReleasedStatements, and leave those that it replaces there")
        }
    }

    /// The values of all properties `static let sql` in a folder, on one line each.
    private static func statements(in path: String) throws -> [String] {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let folder = root.appending(path: path).path
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
        return try names.flatMap { name in
            let text = String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
            return text.matches(of: /static let sql =\s*(?:"""(?<lines>[^"]*)"""|"(?<line>[^"]*)")/).map { match in
                let value = match.lines ?? match.line ?? ""
                return value.replacing("\\\n", with: "").split { $0.isWhitespace }.joined(separator: " ")
            }
        }
    }

    /// The statements of the release before store a batch, and its keys keep their meaning.
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
}
