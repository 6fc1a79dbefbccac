import Testing

@testable import Postgres

struct PostgresErrorTests {
    @Test(.server) func keepsTheFieldsOfTheServer() async throws {
        try await TestServer.withConnection { connection in
            try await connection.run("CREATE TEMP TABLE item (id integer CONSTRAINT item_once UNIQUE)")
            let error = try await #require(throws: PostgresError.self) {
                try await connection.run("DO 'BEGIN INSERT INTO item VALUES (17), (17); END'")
            }
            #expect(error.state == .uniqueViolation)
            #expect(error.message == "duplicate key value violates unique constraint \"item_once\"")
            #expect(error.detail == "Key (id)=(17) already exists.")
            #expect(error.constraint == "item_once")
            #expect(error.context?.contains("PL/pgSQL function inline_code_block line 1") == true)
        }
    }

    @Test(.server) func hasNoFieldsThatTheServerLeftOut() async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) { try await connection.run("SELECT 1 / 0") }
            #expect(error.state == "22012")
            #expect(error.message == "division by zero")
            #expect(error.detail == nil)
            #expect(error.constraint == nil)
            #expect(error.context == nil)
        }
    }

    private static let secret = "anna@example.org"

    @Test(arguments: [
        (SQLState.uniqueViolation, "the database answered SQLSTATE 23505"),
        (SQLState.none, "connection to the database lost"),
    ])
    func describesItselfWithoutData(state: SQLState, description: String) {
        let secret = Self.secret
        let error = PostgresError(state: state, message: secret, detail: secret, constraint: secret, context: secret)
        #expect(error.description == description)
        #expect("\(error)" == description)
        #expect(String(reflecting: error) == description)
        #expect(!"\(Pool.Refusal.unreachable(error))".contains(secret))
    }

    /// The reports of a server that refuses are told from those of libpq, however long the server took.
    @Test(arguments: [
        ("connection to server on socket \"/s/.s\" failed: FATAL:  too many connections for role \"a\"\n", true),
        ("connection to server at \"::1\", port 5432 failed: ВАЖНО:  слишком много подключений\n", true),
        ("connection to server at \"10.0.0.1\", port 5432 failed: timeout expired\n", false),
        ("could not translate host name \"db\" to address: Name or service not known\n", false),
        (
            "connection to server at \"::1\", port 5432 failed: Connection refused\n"
                + "\tIs the server running on that host and accepting TCP/IP connections?\n", false
        ),
    ])
    func knowsTheReportOfAServer(report: String, isServer: Bool) {
        #expect(PostgresError.isServerReport(report) == isServer)
    }

    @Test(
        arguments: [
            (nil, nil),
            ("COPY event, line 1", 0),
            ("COPY event, line 17, column user_id", 16),
            ("COPY event, line 2, column user_id: \"a, line 9\"", 1),
            ("PL/pgSQL function refuse() line 3 at RAISE\nCOPY event, line 10000", 9_999),
            ("PL/pgSQL function refuse() line 3 at RAISE", nil),
            ("COPY event, line ", nil),
            ("COPY event, line 0", nil),
            ("COPY event, line 99999999999999999999", nil),
        ] as [(String?, Int?)]
    )
    func findsTheRowOfACopyInItsContext(context: String?, row: Int?) {
        #expect(PostgresError(state: "22021", message: "", context: context).copyRow?.row == row)
    }
}
