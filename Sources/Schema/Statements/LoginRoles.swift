import Postgres

/// Asks if a login can take the roles of the server.
struct LoginRoles: Statement {
    // Since PostgreSQL 16 a member needs a separate privilege for SET ROLE; earlier versions know only membership.
    static let sql = """
        SELECT bool_and(pg_has_role($1, wanted, \
        CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)) \
        FROM unnest(ARRAY['hourglass_ingest', 'hourglass_read', 'hourglass_maintain', 'hourglass_registry']) \
        AS wanted
        """
    let login: String
    var parameters: Parameters { Parameters(login) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
