import Postgres

/// Asks how many servers have not seen the current registry yet.
struct LaggingReaders: Statement {
    static let sql = "SELECT lagging_readers((SELECT version FROM registry_version))"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
