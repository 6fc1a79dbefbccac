package import Analytics
import Postgres

/// Counts the hits of a site that were refused in the hours of a period.
struct RefusedCount: Statement {
    static let sql = """
        SELECT coalesce(sum(count), 0)::bigint FROM refusal \
        WHERE site_id = $1 AND hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND hour < $3
        """
    let site: SiteID
    let period: Period
    var parameters: Parameters { Parameters(site.rawValue, period.start, period.end) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}

extension PostgresStore {
    package func refusedHits(of site: SiteID, in period: Period) async throws -> Int {
        try await ask { connection in
            try await connection.execute(RefusedCount(site: site, period: period)).first ?? 0
        }
    }
}
