package import Analytics
import Postgres

/// Counts the hits of a period that were stored after its end, and more than a minute after their times.
struct LateHitsQuery: Statement {
    static let sql = """
        SELECT coalesce(sum(hits), 0)::bigint, coalesce(sum(bots), 0)::bigint FROM arrival \
        WHERE site_id = $1 AND quarter >= $2 AND quarter < $3 AND arrived >= $3
        """
    let site: SiteID
    let period: Period
    var parameters: Parameters {
        Parameters(site.rawValue, period.start.rounded(to: ArrivalCounts.quarter), period.end)
    }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> HitCounts {
        let (hits, bots) = try row.decode((Int, Int).self)
        return HitCounts(hits: hits, bots: bots)
    }
}

extension PostgresStore {
    package func lateHits(of site: SiteID, in period: Period) async throws -> HitCounts {
        try await report { connection in
            try await connection.execute(LateHitsQuery(site: site, period: period)).first ?? HitCounts()
        }
    }
}
