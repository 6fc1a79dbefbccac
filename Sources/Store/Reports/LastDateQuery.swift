package import Analytics
import Postgres

/// Finds the date of the last hit or event of a site on the clock of a zone.
struct LastDateQuery: Statement {
    static let sql = """
        SELECT to_char(greatest((SELECT max(ts) FROM hit_row WHERE site_id = $1), \
        (SELECT max(ts) FROM event WHERE site_id = $1)) AT TIME ZONE $2::text, 'YYYY-MM-DD')
        """
    let site: SiteID
    let zone: String
    var parameters: Parameters { Parameters(site.rawValue, zone) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String? {
        try row.decode(String?.self)
    }
}

extension PostgresStore {
    package func lastDate(of site: SiteID, zone: String) async throws -> String? {
        try await report { connection in
            try await connection.execute(LastDateQuery(site: site, zone: zone)).first ?? nil
        }
    }
}
