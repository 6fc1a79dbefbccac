import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct PipelineTests {
    @Test func answersBothInOneTransaction() async throws {
        try await withItems { connection, observer in
            for id in 1...3 {
                let (first, second) = try await connection.pipeline(Insert(id: id), Insert(id: -id))
                #expect(first.map(\.id) == [id])
                #expect(second.map(\.id) == [-id])
                #expect(first.map(\.transaction) == second.map(\.transaction))
                #expect(try await observer.execute(Items()) == Array(-id ... -1) + Array(1...id))
                #expect(await connection.isUsable)
            }
        }
    }

    @Test(arguments: [(1, 2), (2, 1), (1, 1)])
    func leavesNothingBehindWhenOneFails(first: Int, second: Int) async throws {
        try await withItems { connection, observer in
            try await connection.run("INSERT INTO item VALUES (1)")
            let error = try await #require(throws: PostgresError.self) {
                try await connection.pipeline(Insert(id: first), Insert(id: second))
            }
            #expect(error.state == .uniqueViolation)
            #expect(try await observer.execute(Items()) == [1])
            #expect(await connection.isUsable)
            _ = try await connection.pipeline(Insert(id: 3), Insert(id: 4))
            #expect(try await observer.execute(Items()) == [1, 3, 4])
        }
    }

    @Test(arguments: [0, 1, 2, 7])
    func answersAnyNumberInOneTransaction(count: Int) async throws {
        try await withItems { connection, observer in
            let rows = try await connection.pipeline((0..<count).map { Insert(id: $0) })
            #expect(rows.map { $0.map(\.id) } == (0..<count).map { [$0] })
            #expect(Set(rows.joined().map(\.transaction)).count == min(count, 1))
            #expect(try await observer.execute(Items()) == Array(0..<count))
            let error = try await #require(throws: PostgresError.self) {
                try await connection.pipeline([Insert(id: 100), Insert(id: 101), Insert(id: 100)])
            }
            #expect(error.state == .uniqueViolation)
            #expect(try await observer.execute(Items()) == Array(0..<count))
            #expect(await connection.isUsable)
        }
    }

    /// More than the buffers of the sockets hold, in both directions.
    @Test func readsWhileItSends() async throws {
        try await withItems { connection, _ in
            let text = String(repeating: "x", count: 3_000_000)
            let rows = try await connection.pipeline([Echoing(text: text), Echoing(text: text)])
            #expect(rows == [[text], [text]])
        }
    }

    @Test func failsWhenItCannotBeCommitted() async throws {
        try await withItems { connection, observer in
            try await connection.run("ALTER TABLE item ADD CONSTRAINT late UNIQUE (id) DEFERRABLE INITIALLY DEFERRED")
            try await connection.run("ALTER TABLE item DROP CONSTRAINT item_pkey")
            let error = try await #require(throws: PostgresError.self) {
                try await connection.pipeline(Insert(id: 1), Insert(id: 1))
            }
            #expect(error.constraint == "late")
            #expect(try await observer.execute(Items()) == [])
            #expect(await connection.isUsable)
            _ = try await connection.pipeline(Insert(id: 3), Insert(id: 4))
        }
    }

    @Test func failsBeforeItBeginsWhenAStatementCannotBePrepared() async throws {
        try await withItems { connection, observer in
            try await #require(throws: PostgresError.self) {
                try await connection.pipeline(Insert(id: 1), Nonsense())
            }
            #expect(try await observer.execute(Items()) == [])
            #expect(await connection.isUsable)
        }
    }

    /// A row that cannot be decoded does not undo the commit.
    @Test func readsToTheEndWhenARowCannotBeDecoded() async throws {
        try await withItems { connection, observer in
            try await #require(throws: PostgresDecodingError.self) {
                try await connection.pipeline(Misread(), Insert(id: 1))
            }
            #expect(try await observer.execute(Items()) == [1])
            #expect(await connection.isUsable)
        }
    }

    @Test(arguments: [true, false])
    func noticesThatTheConnectionIsLost(inTheFirst: Bool) async throws {
        try await withItems { connection, observer in
            let error = try await #require(throws: PostgresError.self) {
                if inTheFirst {
                    _ = try await connection.pipeline(Suicide(), Insert(id: 1))
                } else {
                    _ = try await connection.pipeline(Insert(id: 1), Suicide())
                }
            }
            #expect(error.state.isConnectionLoss)
            #expect(await !connection.isUsable)
            try await #require(throws: PostgresError.self) {
                try await connection.pipeline(Insert(id: 2), Insert(id: 3))
            }
            #expect(try await observer.execute(Items()) == [])
        }
    }

    /// Lends two connections that both see a table of this test.
    private func withItems(_ body: (Connection, _ observer: Connection) async throws -> Void) async throws {
        try await TestServer.withSchema("CREATE TABLE item (id bigint PRIMARY KEY)") { observer, setup in
            try await TestServer.withConnection(setup: setup) { try await body($0, observer) }
        }
    }
}

private struct Insert: Statement {
    struct Row: Sendable {
        let id: Int
        let transaction: String
    }

    static let sql = "INSERT INTO item VALUES ($1) RETURNING id, pg_current_xact_id()::text"
    let id: Int
    var parameters: Parameters { Parameters(id) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (id, transaction) = try row.decode((Int, String).self)
        return Row(id: id, transaction: transaction)
    }
}

private struct Echoing: Statement {
    typealias Row = String
    static let sql = "SELECT $1::text"
    let text: String
    var parameters: Parameters { Parameters(text) }
}

private struct Items: Statement {
    typealias Row = Int
    static let sql = "SELECT id FROM item ORDER BY id"
    let parameters = Parameters()
}

private struct Nonsense: Statement {
    typealias Row = Void
    static let sql = "SELECT nonsense"
    let parameters = Parameters()
}

private struct Misread: Statement {
    typealias Row = Int
    static let sql = "SELECT 'a text that is no number'::text"
    let parameters = Parameters()
}

private struct Suicide: Statement {
    typealias Row = Void
    static let sql = "SELECT pg_terminate_backend(pg_backend_pid())"
    let parameters = Parameters()
}
