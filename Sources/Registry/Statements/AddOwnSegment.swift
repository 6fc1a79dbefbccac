import Analytics
import Postgres

/// Adds a segment of an account to a site; returns its id.
struct AddOwnSegment: Statement {
    static let sql = "SELECT add_own_segment($1, $2, $3, $4::text::jsonb)"
    let name: String
    /// The filters as a JSON array.
    let filters: String
    let site: SiteName
    /// The number of the account.
    let owner: Int
    var parameters: Parameters { Parameters(site.text, Int32(clamping: owner), name, filters) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
