import Testing

@testable import Postgres

@Suite(.server)
struct ScriptTests {
    @Test func runsAllItsStatements() async throws {
        try await TestServer.withConnection { connection in
            try await connection.run(
                """
                CREATE TEMP TABLE item (id bigint);
                INSERT INTO item VALUES (1);
                SELECT * FROM item; -- its rows are dropped
                INSERT INTO item VALUES (2), (3);
                """
            )
            #expect(try await connection.execute(Sum()) == [6])
        }
    }

    /// A script supplies no rows: a COPY in it is refused; without that libpq would ask for rows for ever.
    @Test(.timeLimit(.minutes(5))) func refusesACopyFromTheClient() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint)") { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.run("COPY item FROM STDIN; SELECT 1")
            }
            #expect(error.state == .queryCanceled)
            #expect(await connection.isUsable)
        }
    }

    @Test(arguments: ["", ";", "-- nothing", " ; ; "])
    func mayBeEmpty(script: String) async throws {
        try await TestServer.withConnection { connection in
            try await connection.run(script)
            #expect(try await connection.execute(One()) == [1])
        }
    }

    @Test(
        arguments: [
            ("INSERT INTO item VALUES (1); SELECT 1 / 0; INSERT INTO item VALUES (2)", "22012"),
            ("INSERT INTO item VALUES (1); SELECT * FROM no_such_table", .undefinedTable),
            ("INSERT INTO item VALUES (1); SELEC", "42601"),
        ] as [(String, SQLState)]
    )
    func leavesNothingBehindWhenOneStatementFails(script: String, state: SQLState) async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint)") { connection in
            let error = try await #require(throws: PostgresError.self) { try await connection.run(script) }
            #expect(error.state == state)
            #expect(await connection.isUsable)
            #expect(try await connection.execute(Sum()) == [nil])
        }
    }

    @Test func dropsNotices() async throws {
        try await TestServer.withConnection { connection in
            try await connection.run("DO 'BEGIN RAISE WARNING ''not for standard error''; END'")
            #expect(try await connection.execute(One()) == [1])
        }
    }
}

private struct Sum: Statement {
    typealias Row = Int?
    static let sql = "SELECT sum(id)::bigint FROM item"
    let parameters = Parameters()
}
