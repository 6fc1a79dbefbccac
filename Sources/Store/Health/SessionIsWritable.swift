import Postgres

/// Asks if the session can write.
struct SessionIsWritable: Statement {
    static let sql = "SELECT NOT pg_is_in_recovery() AND NOT current_setting('transaction_read_only')::boolean"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
