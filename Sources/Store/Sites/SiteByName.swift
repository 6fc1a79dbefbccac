import Analytics
import Postgres

/// Asks for the site of a name.
struct SiteByName: Statement {
    static let sql = "SELECT id FROM site WHERE name = $1"
    let name: SiteName
    var parameters: Parameters { Parameters(name.text) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> SiteID {
        try SiteID(stored: try row.decode(Int.self))
    }
}
