import Testing

@testable import Postgres

/// A COPY that fails stores nothing, gives the reason, and leaves the connection usable.
@Suite(.server)
struct CopyRefusalTests {
    /// A number of rows that exceeds one chunk.
    private static let count = 10_000

    @Test(arguments: [0, 1, count - 1, count])
    func keepsNothingWhenTheBodyThrows(after rows: Int) async throws {
        try await withItems { connection in
            try await #require(throws: Reason.self) {
                try await connection.copy(after: Self.note, into: "item", columns: Self.columns) { _, writer in
                    for id in 0..<rows { try writer.row(id, "name", 0) }
                    throw Reason()
                }
            }
        }
    }

    @Test(arguments: [0, 1, 4_321, count - 1])
    func namesTheRowWhoseTextIsRefused(poisoned: Int) async throws {
        try await withItems { connection in
            let error = try await refusal(of: connection) { id in (id, id == poisoned ? "a\0b" : "name", 0) }
            #expect(error.state == "22021")
            #expect(error.state.isValueError)
            #expect(error.copyRow?.row == poisoned)
        }
    }

    @Test(arguments: [0, 4_321, count - 1])
    func namesTheRowThatIsChecked(poisoned: Int) async throws {
        try await withItems { connection in
            let error = try await refusal(of: connection) { id in (id, id == poisoned ? "" : "name", 0) }
            #expect(error.state == "23514")
            #expect(error.constraint == "item_has_name")
            #expect(error.copyRow?.row == poisoned)
        }
    }

    @Test(arguments: [0, 4_321, count - 1])
    func namesTheRowThatLacksAValue(poisoned: Int) async throws {
        try await withItems { connection in
            let error = try await refusal(of: connection) { id in (id, id == poisoned ? nil : "name", 0) }
            #expect(error.state == "23502")
            #expect(error.copyRow?.row == poisoned)
        }
    }

    @Test(arguments: [1, 4_321, count - 1])
    func namesTheRowThatExistsAlready(poisoned: Int) async throws {
        try await withItems { connection in
            let error = try await refusal(of: connection) { id in (id == poisoned ? 0 : id, "name", 0) }
            #expect(error.state == .uniqueViolation)
            #expect(error.constraint == "item_pkey")
            #expect(error.copyRow?.row == poisoned)
        }
    }

    /// The server checks foreign keys after the last row, and its error does not name the row.
    @Test func namesNoRowThatRefersToNothing() async throws {
        try await withItems { connection in
            let error = try await refusal(of: connection) { id in (id, "name", id == 4_321 ? 2 : 1) }
            #expect(error.state == "23503")
            #expect(error.constraint == "item_refers")
            #expect(error.copyRow?.row == nil)
        }
    }

    @Test(
        arguments: [
            ("INSERT INTO note VALUES (1); INSERT INTO note VALUES (0);", .uniqueViolation),
            ("INSERT INTO note VALUES (1); SELECT 1 / 0;", "22012"),
            ("SELEC;", "42601"),
        ] as [(String, SQLState)]
    )
    func failsWithTheErrorOfTheScript(script: String, state: SQLState) async throws {
        try await withItems { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.copy(after: script, into: "item", columns: Self.columns) { _, _ in
                    Issue.record("there is no COPY to write to")
                }
            }
            #expect(error.state == state)
        }
    }

    @Test(arguments: [("no_such_table", columns, "42P01"), ("item", ["id", "no_such_column", "reference"], "42703")])
    func failsWithoutItsTable(table: String, columns: [String], state: String) async throws {
        try await withItems { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.copy(after: Self.note, into: table, columns: columns) { _, _ in
                    Issue.record("there is no COPY to write to")
                }
            }
            #expect(error.state.rawValue == state)
        }
    }

    @Test func failsWhenARowHasAnotherNumberOfValues() async throws {
        try await withItems { connection in
            let few = try await #require(throws: PostgresError.self) {
                try await connection.copy(into: "item", columns: Self.columns) { _, writer in try writer.row(1, "name")
                }
            }
            #expect(few.state == "22P04")
            let many = try await #require(throws: PostgresError.self) {
                try await connection.copy(into: "item", columns: Self.columns) { _, writer in
                    for id in 0..<2 { try writer.row(id, "name", 0, 0) }
                }
            }
            #expect(many.state == "22P04")
        }
    }

    @Test func failsWhenItCannotBeCommitted() async throws {
        try await withItems { connection in
            try await connection.run("ALTER TABLE item ALTER CONSTRAINT item_refers DEFERRABLE INITIALLY DEFERRED")
            let error = try await refusal(of: connection) { id in (id, "name", 2) }
            #expect(error.state == "23503")
            #expect(error.constraint == "item_refers")
        }
    }

    private static let columns = ["id", "name", "reference"]
    /// A script in the transaction of the COPY.
    private static let note = "INSERT INTO note VALUES (1);"

    /// Lends a connection with tables; expects them unchanged, and the connection usable, afterwards.
    private func withItems(_ body: (Connection) async throws -> Void) async throws {
        let setup = """
            CREATE TEMP TABLE note (id bigint PRIMARY KEY);
            INSERT INTO note VALUES (0);
            CREATE TEMP TABLE item (
                id bigint PRIMARY KEY,
                name text NOT NULL CONSTRAINT item_has_name CHECK (name <> ''),
                reference bigint CONSTRAINT item_refers REFERENCES note
            );
            """
        try await TestServer.withConnection(setup: setup) { connection in
            try await body(connection)
            #expect(await connection.isUsable)
            #expect(try await connection.execute(Leftovers()) == [0])
            let count = try await connection.copy(after: Self.note, into: "item", columns: Self.columns) { _, writer in
                try writer.row(1, "name", 1)
            }
            #expect(count == 1)
            #expect(try await connection.execute(Leftovers()) == [2])
        }
    }

    /// The error of a COPY of many rows made by `row`.
    private func refusal(
        of connection: Connection,
        row: @Sendable @escaping (Int) -> (Int, String?, Int)
    ) async throws -> PostgresError {
        try await #require(throws: PostgresError.self) {
            try await connection.copy(after: Self.note, into: "item", columns: Self.columns) { _, writer in
                for id in 0..<Self.count {
                    let (id, name, reference) = row(id)
                    try writer.row(id, name, reference)
                }
            }
        }
    }
}

private struct Reason: Error {}

/// The number of rows that a COPY or its script has left.
private struct Leftovers: Statement {
    typealias Row = Int
    static let sql = "SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM note WHERE id <> 0)"
    let parameters = Parameters()
}
