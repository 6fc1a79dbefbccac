package import Analytics
import Postgres

/// Counts the hits of a period that reports leave out.
struct LeftOutQuery: Statement {
    static let sql = """
        SELECT (SELECT count(*) FROM any_hit_row WHERE site_id = $1 AND ts >= $2 AND ts < $3 AND is_bot), \
        (SELECT coalesce(sum(count), 0)::bigint FROM refusal \
        WHERE site_id = $1 AND hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND hour < $3)
        """
    let site: SiteID
    let period: Period
    var parameters: Parameters { Parameters(site.rawValue, period.start, period.end) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> LeftOutHits {
        let (bots, refused) = try row.decode((Int, Int).self)
        return LeftOutHits(bots: bots, refused: refused)
    }
}

extension PostgresStore {
    package func leftOut(of site: SiteID, in period: Period) async throws -> LeftOutHits {
        try await report { connection in
            try await connection.whileKept(of: [site]) { spans in
                if let span = spans[site], span.lacks(period, withBots: true) {
                    throw QueryError.notKept(since: span.keptDate, Query(site: site, period: period, metrics: []))
                }
                return try await connection.execute(LeftOutQuery(site: site, period: period)).first
                    ?? LeftOutHits(bots: 0, refused: 0)
            }
        }
    }
}
