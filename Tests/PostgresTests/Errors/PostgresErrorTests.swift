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

    @Test(
        arguments: [
            (nil, nil),
            ("COPY event, line 1", 0),
            ("COPY event, line 17, column user_id", 16),
            ("COPY event, line 2, column user_id: \"a, line 9\"", 1),
            ("PL/pgSQL function refuse() line 3 at RAISE\nCOPY event, line 10000", 9_999),
            ("PL/pgSQL function refuse() line 3 at RAISE", nil),
            ("COPY event, line ", nil),
            ("COPY event, line 99999999999999999999", nil),
        ] as [(String?, Int?)]
    )
    func findsTheRowOfACopyInItsContext(context: String?, row: Int?) {
        #expect(PostgresError(state: "22021", message: "", context: context).copyRow == row)
    }
}
