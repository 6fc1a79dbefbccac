import Testing

@testable import Postgres

@Suite(.server)
struct TransactionTests {
    @Test func isVisibleToOthersWhenItReturns() async throws {
        try await withItems { connection, observer in
            let answer = try await connection.transaction { connection in
                _ = try connection.perform(Insert(id: 1))
                _ = try connection.perform(Insert(id: 2))
                return try connection.perform(Items())
            }
            #expect(answer == [1, 2])
            #expect(try await observer.execute(Items()) == [1, 2])
            #expect(await connection.isUsable)
        }
    }

    @Test func leavesNothingBehindWhenItsBodyThrows() async throws {
        try await withItems { connection, observer in
            try await #require(throws: Reason.self) {
                try await connection.transaction { connection in
                    _ = try connection.perform(Insert(id: 1))
                    throw Reason()
                }
            }
            #expect(try await observer.execute(Items()) == [])
            #expect(await connection.isUsable)
        }
    }

    @Test func throwsTheErrorOfTheStatementThatFailed() async throws {
        try await withItems { connection, observer in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try connection.perform(Insert(id: 1))
                    _ = try connection.perform(Insert(id: 1))
                }
            }
            #expect(error.state == .uniqueViolation)
            #expect(error.constraint == "item_pkey")
            #expect(try await observer.execute(Items()) == [])
            #expect(await connection.isUsable)
        }
    }

    /// In a failed transaction PostgreSQL answers COMMIT with ROLLBACK, which is not an error.
    @Test func failsWhenItsBodyHidesThatAStatementFailed() async throws {
        try await withItems { connection, observer in
            try await #require(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try connection.perform(Insert(id: 1))
                    // Dropping the error is the case under test: the body continues after a failed statement.
                    _ = try? connection.perform(Insert(id: 1))
                }
            }
            #expect(try await observer.execute(Items()) == [])
            #expect(await connection.isUsable)
        }
    }

    @Test func goesOnAfterASavepoint() async throws {
        try await withItems { connection, observer in
            try await connection.transaction { connection in
                _ = try connection.perform(Insert(id: 1))
                try connection.run("SAVEPOINT before")
                #expect(throws: PostgresError.self) { try connection.perform(Insert(id: 1)) }
                try connection.run("ROLLBACK TO before")
                _ = try connection.perform(Insert(id: 2))
            }
            #expect(try await observer.execute(Items()) == [1, 2])
        }
    }

    @Test func failsWhenItCannotBeCommitted() async throws {
        try await withItems { connection, observer in
            try await connection.run("ALTER TABLE item ADD CONSTRAINT late UNIQUE (id) DEFERRABLE INITIALLY DEFERRED")
            try await connection.run("ALTER TABLE item DROP CONSTRAINT item_pkey")
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try connection.perform(Insert(id: 1))
                    _ = try connection.perform(Insert(id: 1))
                }
            }
            #expect(error.constraint == "late")
            #expect(try await observer.execute(Items()) == [])
            #expect(await connection.isUsable)
        }
    }

    @Test func makesTheConnectionUnusableUntilItEnds() async throws {
        try await TestServer.withConnection { connection in
            try await connection.run("BEGIN")
            #expect(await !connection.isUsable)
            await #expect(throws: PostgresError.self) { try await connection.run("SELECT 1 / 0") }
            #expect(await !connection.isUsable)
            try await connection.run("ROLLBACK")
            #expect(await connection.isUsable)
        }
    }

    /// Lends two connections that both see a table of this test.
    private func withItems(_ body: (Connection, _ observer: Connection) async throws -> Void) async throws {
        try await TestServer.withSchema("CREATE TABLE item (id bigint PRIMARY KEY)") { observer, setup in
            try await TestServer.withConnection(setup: setup) { try await body($0, observer) }
        }
    }
}

private struct Reason: Error {}

private struct Insert: Statement {
    typealias Row = Void
    static let sql = "INSERT INTO item VALUES ($1)"
    let id: Int
    var parameters: Parameters { Parameters(id) }
}

private struct Items: Statement {
    typealias Row = Int
    static let sql = "SELECT id FROM item ORDER BY id"
    let parameters = Parameters()
}
