import Analytics
import Postgres

/// Adds hits to those that sites took on a day; returns how many each has taken since, on all servers.
struct NoteSiteHits: Statement {
    struct Row: Sendable {
        let site: SiteID
        let hits: Int
    }

    static let sql = "SELECT site_id, hits FROM note_site_hits(DATE '1970-01-01' + $1::integer, $2, $3)"
    /// Days since 1970.
    let day: Int
    let hits: [(site: SiteID, count: Int)]

    var parameters: Parameters {
        Parameters(
            Int32(clamping: day),
            PostgresArray(hits.map(\.site.rawValue)),
            PostgresArray(hits.map(\.count))
        )
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (site, hits) = try row.decode((Int, Int).self)
        guard let id = Int32(exactly: site) else { throw PostgresDecodingError(reason: "not the id of a site") }
        return Row(site: SiteID(rawValue: id), hits: hits)
    }
}
