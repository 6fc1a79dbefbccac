import Testing

@testable import Postgres

@Suite(.server)
struct RowTests {
    @Test func readsTheColumnsFromLeftToRight() async throws {
        let rows = try await TestServer.withConnection { try await $0.execute(ThreeColumns<Int, String, Bool>()) }
        try #require(rows.count == 2)
        #expect(rows[0] == (1, "one", true))
        #expect(rows[1] == (2, "two", false))
    }

    @Test func readsNullsAsNil() async throws {
        let rows = try await TestServer.withConnection { try await $0.execute(Nulls<Int?, String?, Bool?>()) }
        try #require(rows.count == 1)
        #expect(rows[0] == (nil, nil, nil))
    }

    @Test func readsOptionalsThatAreNotNull() async throws {
        let rows = try await TestServer.withConnection { try await $0.execute(ThreeColumns<Int?, String?, Bool?>()) }
        try #require(rows.count == 2)
        #expect(rows[0] == (1, "one", true))
    }

    @Test(arguments: [
        ThreeColumns<Int, String>() as any Statement,
        ThreeColumns<Int, String, Bool, Bool>(),
    ])
    func refusesAnotherNumberOfColumns(statement: any Statement) async throws {
        try await refusesToDecode(statement)
    }

    @Test(arguments: [
        // An integer of eight bytes, a text of three, a Boolean of one.
        ThreeColumns<Bool, String, Bool>() as any Statement,
        ThreeColumns<Int, Int, Bool>(),
        ThreeColumns<Int, Bool, Bool>(),
        ThreeColumns<Int, Int?, Bool>(),
        ThreeColumns<Int, String, Int>(),
        NoText(),
        Nulls<Int, String?, Bool?>(),
        Nulls<Int?, String, Bool?>(),
        Nulls<Int?, String?, Bool>(),
    ])
    func refusesAnotherType(statement: any Statement) async throws {
        try await refusesToDecode(statement)
    }

    /// Expects an error that names the mistake and leaves the connection usable.
    private func refusesToDecode(_ statement: some Statement) async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresDecodingError.self) {
                _ = try await connection.execute(statement)
            }
            #expect(!error.reason.isEmpty)
            #expect(await connection.isUsable)
            #expect(try await connection.execute(One()) == [1])
        }
    }
}

private struct ThreeColumns<each Column: PostgresDecodable & Sendable>: Statement {
    static var sql: String { "SELECT * FROM (VALUES (1::bigint, 'one', true), (2, 'two', false)) AS t" }
    let parameters = Parameters()

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (repeat each Column) {
        try row.decode((repeat each Column).self)
    }
}

private struct Nulls<each Column: PostgresDecodable & Sendable>: Statement {
    static var sql: String { "SELECT NULL::bigint, NULL::text, NULL::boolean" }
    let parameters = Parameters()

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (repeat each Column) {
        try row.decode((repeat each Column).self)
    }
}

/// Bytes that are not UTF-8.
private struct NoText: Statement {
    typealias Row = String
    static let sql = "SELECT '\\xC328FF'::bytea"
    let parameters = Parameters()
}
