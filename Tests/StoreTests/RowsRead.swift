import Postgres

/// The rows that this transaction has read of all tables.
struct RowsRead: Statement {
    static let sql = """
        SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint
          FROM pg_stat_xact_all_tables
         WHERE schemaname !~ '^pg_' AND schemaname !~ 'catalog$'
        """
    let parameters = Parameters()

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
