import Postgres

/// Asks how many connections the login may have at the same time; the limits of the role, of the database and of the
/// server count.
struct ConnectionAllowance: Statement {
    static let sql = """
        SELECT least(
                   CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit END,
                   CASE WHEN d.datconnlimit >= 0 THEN d.datconnlimit END,
                   current_setting('max_connections')::integer
                       - current_setting('superuser_reserved_connections')::integer
                       - coalesce(current_setting('reserved_connections', true), '0')::integer
               )
          FROM pg_roles AS r, pg_database AS d
         WHERE r.rolname = session_user AND d.datname = current_database()
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
