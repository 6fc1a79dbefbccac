import Postgres

/// Asks if a CHECK constraint belongs to the table of events or of hits, and so is about the contents of a row.
///
/// The error of a missing partition has the same SQLSTATE but no constraint; that of a chunk's bounds names a
/// constraint which is not the table's.
struct EventCheck: Statement {
    static let sql = """
        SELECT EXISTS (
            SELECT FROM pg_constraint
             WHERE conrelid IN ('hourglass.event'::regclass, 'hourglass.hit'::regclass) AND contype = 'c' AND conname = $1
        )
        """
    let constraint: String
    var parameters: Parameters { Parameters(constraint) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
