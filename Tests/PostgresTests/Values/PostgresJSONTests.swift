import Testing

@testable import Postgres

@Suite(.server)
struct PostgresJSONTests {
    @Test(arguments: ["{}", "null", "\"é \\u0001 \u{1F600}\"", "[1, 2.50, -1e+400]", "{\"a\": {\"b\": [true, false]}}"])
    func isReturned(text: String) async throws {
        try await TestServer.withConnection { connection in
            let (echo, written) = try await connection.echo(PostgresJSON(text))
            #expect(echo?.text == written)
            let query = PostgresQuery(
                "SELECT $1::json, $1::json::jsonb = $2::jsonb",
                Parameters(text, PostgresJSON(text))
            )
            let rows = try await connection.execute(query) { row in try row.decode((PostgresJSON, Bool).self) }
            #expect(rows[0].0.text == text)
            #expect(rows[0].1)
        }
    }

    @Test(arguments: ["", "{", "{a: 1}", "nul", "\"\\u0000\""])
    func isCheckedByTheServer(text: String) async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.execute(Echo(value: PostgresJSON(text)))
            }
            #expect(error.state.isValueError)
            #expect(await connection.isUsable)
        }
    }

    @Test func mayBeNull() async throws {
        let rows = try await TestServer.withConnection { try await $0.execute(Echo<PostgresJSON>(value: nil)) }
        #expect(rows[0].value == nil)
        #expect(throws: PostgresDecodingError.self) { try PostgresJSON.decoded(nil) }
        #expect(throws: PostgresDecodingError.self) { try PostgresJSON.decoded([1, 0xFF]) }
    }
}
