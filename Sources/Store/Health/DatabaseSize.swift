import Postgres

/// Asks for the size of the database in bytes, with its name.
struct DatabaseSize: Statement {
    static let sql = "SELECT current_database()::text, pg_database_size(current_database())"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> (name: String, bytes: Int) {
        let (name, bytes) = try row.decode((String, Int).self)
        return (name, bytes)
    }
}
