import Testing

@testable import Postgres

@Suite(.server)
struct StatementTests {
    @Test func returnsItsRowsInTheOrderOfTheServer() async throws {
        let rows = try await TestServer.withConnection { try await $0.execute(Series(count: 5_000)) }
        #expect(rows == Array(1...5_000))
    }

    @Test func mayReturnNoRows() async throws {
        #expect(try await TestServer.withConnection { try await $0.execute(Series(count: 0)) } == [])
    }

    @Test func mayBeACommand() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint)") { connection in
            for id in 1...3 { _ = try await connection.execute(Insert(id: id)) }
            #expect(try await connection.execute(Count()) == [3])
        }
    }

    @Test func isPreparedOncePerConnection() async throws {
        try await TestServer.withConnection { connection in
            for _ in 0..<3 { _ = try await connection.execute(One()) }
            _ = try await connection.execute(Series(count: 1))
            #expect(try await connection.execute(Preparations(of: One.sql)) == [1])
            #expect(try await connection.execute(Preparations(of: Series.sql)) == [1])
        }
    }

    @Test func isPreparedAgainWhenItCouldNotBe() async throws {
        try await TestServer.withConnection { connection in
            for _ in 0..<2 {
                let error = try await #require(throws: PostgresError.self) {
                    try await connection.execute(Insert(id: 1))
                }
                #expect(error.state == .undefinedTable)
            }
            // Must not clash with the names of other statements.
            #expect(try await connection.execute(One()) == [1])
            try await connection.run("CREATE TEMP TABLE item (id bigint)")
            #expect(try await connection.execute(Insert(id: 1)).isEmpty)
            #expect(try await connection.execute(Count()) == [1])
            #expect(try await connection.execute(Preparations(of: Insert.sql)) == [1])
        }
    }

    @Test func leavesTheConnectionUsableWhenItFails() async throws {
        try await TestServer.withConnection { connection in
            for divisor in [0, 1, 0, 2] {
                if divisor == 0 {
                    let error = try await #require(throws: PostgresError.self) {
                        try await connection.execute(Quotient(divisor: divisor))
                    }
                    #expect(error.state == "22012")
                } else {
                    #expect(try await connection.execute(Quotient(divisor: divisor)) == [100 / divisor])
                }
                #expect(await connection.isUsable)
            }
        }
    }

    @Test func failsWhenAValueHasAnotherSizeThanItsParameter() async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) { try await connection.execute(TooWide()) }
            #expect(error.state.category == "22")
            #expect(await connection.isUsable)
        }
    }

    @Test func failsWhenItHasAnotherNumberOfValues() async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) { try await connection.execute(TooMany()) }
            #expect(error.state == "08P01")
        }
    }
}

private struct Series: Statement {
    typealias Row = Int
    static let sql = "SELECT n FROM generate_series(1, $1::bigint) AS n"
    let count: Int
    var parameters: Parameters { Parameters(count) }
}

private struct Insert: Statement {
    typealias Row = Void
    static let sql = "INSERT INTO item VALUES ($1)"
    let id: Int
    var parameters: Parameters { Parameters(id) }
}

private struct Count: Statement {
    typealias Row = Int
    static let sql = "SELECT count(*) FROM item"
    let parameters = Parameters()
}

private struct Preparations: Statement {
    typealias Row = Int
    static let sql = "SELECT count(*) FROM pg_prepared_statements WHERE statement = $1"
    let statement: String
    init(of statement: String) { self.statement = statement }
    var parameters: Parameters { Parameters(statement) }
}

private struct Quotient: Statement {
    typealias Row = Int
    static let sql = "SELECT 100 / $1::bigint"
    let divisor: Int
    var parameters: Parameters { Parameters(divisor) }
}

private struct TooWide: Statement {
    typealias Row = Int
    static let sql = "SELECT $1::integer"
    let parameters = Parameters(1)
}

private struct TooMany: Statement {
    typealias Row = Int
    static let sql = "SELECT $1::bigint"
    let parameters = Parameters(1, 2)
}
