import Analytics
import Columns
import Postgres

extension PostgresQuery {
    /// Asks for the rows of hits that a part is built from.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - times: The time of the hits, in milliseconds since 1970.
    ///   - withBots: True to read the hits of machines too.
    init(rowsOf site: SiteID, _ times: ClosedRange<Int>, withBots: Bool) {
        self.init(
            """
            SELECT ts, visitor, is_dated::integer, interactive::integer, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id, \
            scroll, engaged, (value * 1000000)::bigint, currency::text, props::text \
            FROM \(withBots ? "any_hit_row" : "hit_row") WHERE site_id = $1 AND ts >= $2 AND ts < $3
            """,
            Parameters(
                site.rawValue,
                Timestamp(milliseconds: times.lowerBound),
                Timestamp(milliseconds: times.upperBound + 1)
            )
        )
    }
}
