import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct QueryTests {
    @Test func returnsItsRowsInTheOrderOfTheServer() async throws {
        let query = PostgresQuery("SELECT n, 'row ' || n FROM generate_series(1, $1::bigint) n", Parameters(5_000))
        let rows = try await TestServer.withConnection { connection in
            try await connection.execute(query) { row in try row.decode((Int, String).self) }
        }
        #expect(rows.map(\.0) == Array(1...5_000))
        #expect(rows.allSatisfy { $1 == "row \($0)" })
    }

    @Test func mayBeACommand() async throws {
        try await TestServer.withConnection { connection in
            for sql in ["CREATE TEMP TABLE item (id bigint)", "INSERT INTO item VALUES (1), (2)", ""] {
                let rows = try await numbers(PostgresQuery(sql), on: connection)
                #expect(rows.isEmpty)
            }
            let rows = try await numbers(PostgresQuery("SELECT id FROM item ORDER BY id"), on: connection)
            #expect(rows == [1, 2])
        }
    }

    @Test func isNotKeptPrepared() async throws {
        try await TestServer.withConnection { connection in
            for number in 1...3 {
                _ = try await numbers(PostgresQuery("SELECT \(number)::bigint + $1", Parameters(1)), on: connection)
            }
            let count = PostgresQuery("SELECT count(*) FROM pg_prepared_statements")
            #expect(try await numbers(count, on: connection) == [0])
        }
    }

    @Test func takesAnyNumberOfParameters() async throws {
        var parameters = Parameters()
        for number in 1...Parameters.most { parameters.append(number) }
        let places = (1...Parameters.most).map { "$\($0)" }.joined(separator: ", ")
        let query = PostgresQuery("SELECT sum(n)::bigint FROM unnest(ARRAY[\(places)]::bigint[]) n", parameters)
        let rows = try await TestServer.withConnection { try await numbers(query, on: $0) }
        #expect(rows == [Parameters.most * (Parameters.most + 1) / 2])
    }

    @Test func refusesMoreParametersThanTheServerTakes() async throws {
        var parameters = Parameters()
        for number in 0...Parameters.most { parameters.append(number) }
        try await isRefused(PostgresQuery("SELECT 1::bigint", parameters), with: .programLimitExceeded)
    }

    /// The server reads each text as the type that it infers.
    @Test func takesParametersAsText() async throws {
        var parameters = Parameters()
        for text in ["41", "{1,2,3}", "2024-02-29", "it's", nil, ""] { try parameters.append(text: text) }
        parameters.append(7)
        let query = PostgresQuery(
            """
            SELECT concat_ws('|', $1 + 1, cardinality($2::integer[]), $3::date + 1, $4::text, $5::text IS NULL,
                length($6::text), $7::bigint)
            """,
            parameters
        )
        let rows = try await TestServer.withConnection { connection in
            try await connection.execute(query) { row in try row.decode(String.self) }
        }
        #expect(rows == ["42|3|2024-03-01|it's|t|0|7"])
    }

    @Test func failsForATextThatIsNoValueOfItsType() async throws {
        var parameters = Parameters()
        try parameters.append(text: "1; DROP TABLE item")
        try await isRefused(PostgresQuery("SELECT $1::bigint", parameters), with: "22P02")
    }

    /// libpq would send the part before it only.
    @Test func refusesNUL() async throws {
        var parameters = Parameters()
        let error = try #require(throws: PostgresError.self) { try parameters.append(text: "1\0") }
        #expect(error.state == .characterNotInRepertoire && error.state.isValueError)
        #expect(parameters.count == 0)
        try await isRefused(PostgresQuery("SELECT 1::bigint\0 / 0"), with: .characterNotInRepertoire)
    }

    @Test(
        arguments: [
            ("SELECT 1; SELECT 2", "42601"), ("SELEC", "42601"), ("SELECT * FROM no_such_table", .undefinedTable),
            ("SELECT 1 / 0", "22012"),
            // A COPY would wait for rows, or send some that are no result.
            ("COPY (VALUES (1), (2)) TO STDOUT", .queryCanceled), ("COPY pg_temp.item FROM STDIN", .queryCanceled),
        ] as [(String, SQLState)]
    )
    func isRefused(sql: String, state: SQLState) async throws {
        try await isRefused(PostgresQuery(sql), with: state)
    }

    @Test func failsForARowOfOtherColumns() async throws {
        try await TestServer.withConnection { connection in
            for sql in ["SELECT 'a text'", "SELECT 1, 2", "SELECT NULL::bigint", "SELECT"] {
                try await #require(throws: PostgresDecodingError.self) {
                    try await numbers(PostgresQuery(sql + " FROM generate_series(1, 1000)"), on: connection)
                }
                #expect(await connection.isUsable)
            }
        }
    }

    @Test func isCancelledWithItsTask() async throws {
        try await TestServer.withConnection { connection in
            let backend = try await Backend(of: connection)
            let task = Task { try await numbers(PostgresQuery("SELECT 1 FROM pg_sleep(50)"), on: connection) }
            try await TestServer.withConnection { try await backend.sleeps(asking: $0) }
            task.cancel()
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.state == .queryCanceled)
            #expect(try await Backend(of: connection) == backend)
            #expect(await connection.isUsable)
        }
    }

    @Test func isNotSentByACancelledTask() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP SEQUENCE item") { connection in
            let next = PostgresQuery("SELECT nextval('item')")
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await numbers(next, on: connection)
            }
            task.cancel()
            try await #require(throws: CancellationError.self) { try await task.value }
            #expect(try await numbers(next, on: connection) == [1])
        }
    }

    @Test func takesPartInATransaction() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint UNIQUE)") { connection in
            try await connection.transaction { connection in
                for id in 1...2 {
                    let insert = PostgresQuery("INSERT INTO item VALUES ($1) RETURNING id", Parameters(id))
                    let ids = try connection.perform(insert) { row in
                        try row.decode(Int.self)
                    }
                    #expect(ids == [id])
                }
            }
            #expect(try await numbers(PostgresQuery("SELECT count(*) FROM item"), on: connection) == [2])
        }
    }

    @Test func failsOnAConnectionThatIsClosedOrLost() async throws {
        let connection = try await Connection.open(TestServer.url())
        let suicide = PostgresQuery("SELECT 1 FROM pg_terminate_backend(pg_backend_pid()), pg_sleep(50)")
        for query in [suicide, PostgresQuery("SELECT 1")] {
            let error = try await #require(throws: PostgresError.self) { try await numbers(query, on: connection) }
            #expect(error.state.isConnectionLoss)
            #expect(await !connection.isUsable)
        }
        await connection.close()
        let error = try await #require(throws: PostgresError.self) { try await numbers(suicide, on: connection) }
        #expect(error.message == "the connection is closed")
    }

    /// Expects an error that leaves the connection usable.
    private func isRefused(_ query: PostgresQuery, with state: SQLState) async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint)") { connection in
            let backend = try await Backend(of: connection)
            let errors = [
                try await #require(throws: PostgresError.self) { try await numbers(query, on: connection) },
                try await #require(throws: PostgresError.self) {
                    try await connection.stream(query, limit: .none) { try $0.count() }
                },
            ]
            #expect(errors.map(\.state) == [state, state])
            #expect(await connection.isUsable)
            #expect(try await Backend(of: connection) == backend)
        }
    }
}

/// The rows of a query of one column of integers.
private func numbers(_ query: PostgresQuery, on connection: Connection) async throws -> [Int] {
    try await connection.execute(query) { row in try row.decode(Int.self) }
}
