import Support
import Testing

@testable import Postgres

/// The server process of a connection.
struct Backend: Hashable {
    let id: Int

    init(of connection: Connection) async throws {
        self.id = try #require(try await connection.execute(BackendID()).first)
    }

    /// Ends the process through another connection, and waits until it has ended.
    func terminate(by other: Connection) async throws {
        #expect(try await other.execute(Terminate(backend: id)) == [true])
        try await eventually { try await other.execute(IsThere(backend: id)) == [false] }
    }

    /// Waits until the process is in the middle of a `Sleep`.
    func sleeps(asking other: Connection) async throws {
        try await eventually { try await other.execute(IsAsleep(backend: id)) == [true] }
    }
}

extension Statement where Row: PostgresDecodable {
    /// Reads a row of one column.
    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        try row.decode(Row.self)
    }
}

struct One: Statement {
    typealias Row = Int
    static let sql = "SELECT 1"
    let parameters = Parameters()
}

struct Sleep: Statement {
    typealias Row = Int
    static let sql = "SELECT 1 FROM pg_sleep($1::bigint / 1000.0)"
    let milliseconds: Int
    var parameters: Parameters { Parameters(milliseconds) }
}

struct BackendID: Statement {
    typealias Row = Int
    static let sql = "SELECT pg_backend_pid()"
    let parameters = Parameters()
}

/// The number of connections with an application name.
struct ConnectionCount: Statement {
    typealias Row = Int
    static let sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1"
    let applicationName: String
    var parameters: Parameters { Parameters(applicationName) }
}

private struct Terminate: Statement {
    typealias Row = Bool
    static let sql = "SELECT pg_terminate_backend($1::bigint::integer)"
    let backend: Int
    var parameters: Parameters { Parameters(backend) }
}

private struct IsThere: Statement {
    typealias Row = Bool
    static let sql = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1::bigint)"
    let backend: Int
    var parameters: Parameters { Parameters(backend) }
}

private struct IsAsleep: Statement {
    typealias Row = Bool
    static let sql = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1::bigint AND wait_event = 'PgSleep')"
    let backend: Int
    var parameters: Parameters { Parameters(backend) }
}
