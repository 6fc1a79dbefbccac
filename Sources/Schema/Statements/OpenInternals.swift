import Postgres

/// Asks whether the roles of the server may call the extension's internal functions.
///
/// `001_extension` revokes that right, which PostgreSQL ignores with a warning unless the role is a superuser.
struct OpenInternals: Statement {
    /// The statements that revoke the right.
    static let remedy = """
        REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA _timescaledb_functions, _timescaledb_internal FROM PUBLIC; \
        GRANT EXECUTE ON ALL ROUTINES IN SCHEMA _timescaledb_functions TO hourglass_owner;
        """
    static let sql = """
        SELECT EXISTS (SELECT FROM pg_proc WHERE pronamespace IN (SELECT oid FROM pg_namespace \
        WHERE nspname IN ('_timescaledb_functions', '_timescaledb_internal')) \
        AND has_function_privilege('hourglass_read', oid, 'EXECUTE'))
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
