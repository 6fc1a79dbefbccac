import Analytics
import Postgres

/// Asks for the share links of a site.
struct ListShares: Statement {
    static let sql = """
        SELECT id, label, filters::text, password IS NOT NULL, (extract(epoch FROM created_at) * 1000)::bigint, \
        (extract(epoch FROM used_at) * 1000)::bigint, (extract(epoch FROM revoked_at) * 1000)::bigint \
        FROM share WHERE site_id = $1 ORDER BY id
        """
    let site: SiteID
    var parameters: Parameters { Parameters(site.rawValue) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> ListedShare {
        let (id, label, filters, hasPassword, created, used, revoked) = try row.decode(
            (Int, String, String, Bool, Int, Int?, Int?).self
        )
        return ListedShare(
            id: id,
            label: label,
            filters: filters,
            hasPassword: hasPassword,
            created: Timestamp(milliseconds: created),
            used: used.map { Timestamp(milliseconds: $0) },
            revoked: revoked.map { Timestamp(milliseconds: $0) }
        )
    }
}
