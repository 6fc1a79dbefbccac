import Postgres

/// The sites that have hits or events which they should not keep any more, as their own retention is set.
///
/// They are deleted within a day, unless numbers of a date cannot be counted, or the events of an hour.
package struct OverdueHits: Equatable, Sendable {
    package let sites: Int
    /// The days for which the oldest of these should have been gone.
    package let days: Int

    package init(sites: Int, days: Int) {
        self.sites = sites
        self.days = days
    }
}

/// Asks for the sites that have hits or events of two days more than they are set to keep.
struct AskOverdueHits: Statement {
    static let sql = """
        SELECT count(*), coalesce(max(extract(day FROM wanted.border - first.ts)), 0)::bigint
          FROM site,
               LATERAL (
                SELECT date_trunc('day', now(), 'UTC') - (settings ->> 'retention_days')::integer * INTERVAL '1 day'
               ) AS wanted (border),
               LATERAL (
                SELECT least(
                    (
                        SELECT ts FROM any_hit_row AS hit
                         WHERE hit.site_id = site.id AND ts < wanted.border - INTERVAL '2 days' ORDER BY ts LIMIT 1
                    ),
                    (
                        SELECT ts FROM event
                         WHERE event.site_id = site.id AND ts < wanted.border - INTERVAL '2 days' ORDER BY ts LIMIT 1
                    )
                )
               ) AS first (ts)
         WHERE first.ts IS NOT NULL
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> OverdueHits {
        let (sites, days) = try row.decode((Int, Int).self)
        return OverdueHits(sites: sites, days: days)
    }
}
