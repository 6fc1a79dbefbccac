import Analytics
import Postgres

/// Signs a site for a session of the login `hourglass_query`.
struct SignSite: Statement {
    static let sql = "SELECT hourglass.sign_site($1, $2)"
    let site: SiteID
    /// The process id of the session.
    let session: Int32
    var parameters: Parameters { Parameters(site.rawValue, session) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String { try row.decode(String.self) }
}
