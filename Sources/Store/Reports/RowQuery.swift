import Analytics
import Columns
import Postgres

extension PostgresQuery {
    /// Asks for the rows of hits that a part is built from.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - period: The time of the hits.
    ///   - withBots: True to read the hits of machines too.
    init(rowsOf site: SiteID, _ period: Period, withBots: Bool) {
        self.init(
            """
            SELECT ts, visitor, is_dated::integer, interactive::integer, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id, \
            scroll, engaged, (value * 1000000)::bigint, currency::text, props::text \
            FROM \(withBots ? "any_hit_row" : "hit_row") WHERE site_id = $1 AND ts >= $2 AND ts < $3
            """,
            Parameters(site.rawValue, period.start, period.end)
        )
    }
}
