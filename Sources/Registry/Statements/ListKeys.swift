import Analytics
import Postgres

/// Asks for the keys of a site.
struct ListKeys: Statement {
    static let sql = """
        SELECT id, scope, label, text, (extract(epoch FROM created_at) * 1000)::bigint, \
        (extract(epoch FROM used_at) * 1000)::bigint, (extract(epoch FROM revoked_at) * 1000)::bigint \
        FROM access_key WHERE site_id = $1 ORDER BY id
        """
    let site: SiteID
    var parameters: Parameters { Parameters(site.rawValue) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> ListedKey {
        let (id, scope, label, text, created, used, revoked) = try row.decode(
            (Int, String, String, String?, Int, Int?, Int?).self
        )
        guard let scope = KeyScope(rawValue: scope) else { throw PostgresDecodingError(reason: "no scope of keys") }
        return ListedKey(
            id: id,
            scope: scope,
            label: label,
            text: text,
            created: Timestamp(milliseconds: created),
            used: used.map { Timestamp(milliseconds: $0) },
            revoked: revoked.map { Timestamp(milliseconds: $0) }
        )
    }
}
