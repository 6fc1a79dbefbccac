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

/// Asks for the first moment whose hits of a site are kept, if it keeps them for a shorter time than the server.
struct SiteKeptSince: Statement {
    static let sql = """
        SELECT (extract(epoch FROM hits_since) * 1000)::bigint FROM site_retention WHERE site_id = $1 AND isfinite(hits_since)
        """
    let site: SiteID
    var parameters: Parameters { Parameters(site.rawValue) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Timestamp {
        Timestamp(milliseconds: try row.decode(Int.self))
    }
}

/// Asks for the first moments whose events are kept, of the sites that keep them for a shorter time than the server.
struct SiteEventsSince: Statement {
    static let sql = """
        SELECT site_id, (extract(epoch FROM events_since) * 1000)::bigint FROM site_retention WHERE isfinite(events_since)
        """
    var parameters: Parameters { Parameters() }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, moment: Timestamp) {
        let (site, moment) = try row.decode((SiteID, Int).self)
        return (site, Timestamp(milliseconds: moment))
    }
}

/// Asks for the first moments whose hits are taken: of all sites, with 0 as site, and of those that keep them for a shorter
/// time.
struct HitsTakenSince: Statement {
    static let sql = """
        SELECT site_id, (extract(epoch FROM taken_since) * 1000)::bigint
          FROM (SELECT site_id, taken_since FROM site_retention UNION ALL SELECT 0, hits_taken_since FROM retention) AS known
         WHERE isfinite(taken_since)
        """
    var parameters: Parameters { Parameters() }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, moment: Timestamp) {
        let (site, moment) = try row.decode((SiteID, Int).self)
        return (site, Timestamp(milliseconds: moment))
    }
}
