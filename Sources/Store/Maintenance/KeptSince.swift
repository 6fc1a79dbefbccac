import Analytics
import Postgres

/// Asks for the first moment whose events are kept, in milliseconds since 1970; nil when all are.
struct KeptSince: Statement {
    static let sql = """
        SELECT CASE WHEN isfinite(kept_since) THEN (extract(epoch FROM kept_since) * 1000)::bigint END FROM retention
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Timestamp? {
        try row.decode(Int?.self).map { Timestamp(milliseconds: $0) }
    }
}
