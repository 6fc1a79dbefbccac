import Load
import Postgres

/// The counts of one hour, calculated from the events directly.
struct DirectCount: Statement {
    static let sql = """
        SELECT count(DISTINCT user_id), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2) \
        FROM hourglass.event \
        WHERE ts >= to_timestamp($1::bigint) - INTERVAL '1 hour' AND ts <= to_timestamp($1::bigint)
        """
    /// The end of the hour, in seconds since 1970.
    let instant: Int
    var parameters: Parameters { Parameters(instant) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Counts {
        let (users, clicks, impressions) = try row.decode((Int, Int, Int).self)
        return Counts(uniqueUsers: users, clicks: clicks, impressions: impressions)
    }
}
