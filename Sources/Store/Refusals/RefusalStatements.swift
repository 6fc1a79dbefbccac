import Analytics
import Postgres

/// Asks for the numbers of a site's refusals, the latest hour first.
struct RefusalCounts: Statement {
    static let sql = """
        SELECT extract(epoch FROM hour)::bigint, reason, count FROM refusal \
        WHERE site_id = $1 AND hour >= $2 ORDER BY hour DESC, count DESC, reason LIMIT 10000
        """
    let site: SiteID
    let since: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, since) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> RefusalReport.Count {
        let (hour, reason, count) = try row.decode((Int, String, Int).self)
        return RefusalReport.Count(hour: Timestamp(seconds: hour), reason: reason, count: count)
    }
}

/// Asks for the last refused hits of a site, the latest first.
///
/// A hit is stored as a JSON text that holds its object.
struct RefusedHits: Statement {
    static let sql = """
        SELECT (extract(epoch FROM at) * 1000)::bigint, reason, hit #>> '{}' FROM refused_hit \
        WHERE site_id = $1 AND at >= $2 AND at >= now() - INTERVAL '24 hours' ORDER BY id DESC LIMIT 100
        """
    let site: SiteID
    let since: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, since) }

    struct Row: Sendable {
        let time: Timestamp
        let reason: String
        let hit: String
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (time, reason, hit) = try row.decode((Int, String, String).self)
        return Row(time: Timestamp(milliseconds: time), reason: reason, hit: hit)
    }
}
