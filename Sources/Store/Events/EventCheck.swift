import Postgres

/// Asks whether a CHECK constraint is one of the table of events, and so about what is in a row.
///
/// A missing partition has the same SQLSTATE and no constraint; the bounds of a chunk have one that is not the table's.
struct EventCheck: Statement {
    static let sql = """
        SELECT EXISTS (
            SELECT FROM pg_constraint WHERE conrelid = 'hourglass.event'::regclass AND contype = 'c' AND conname = $1
        )
        """
    let constraint: String
    var parameters: Parameters { Parameters(constraint) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
