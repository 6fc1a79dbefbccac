import Analytics
import Postgres

/// Adds a segment to a site; returns its id.
struct AddSegment: Statement {
    static let sql = "SELECT add_segment($1, $2, $3::text::jsonb)"
    let name: String
    /// The filters as a JSON array.
    let filters: String
    let site: SiteName
    var parameters: Parameters { Parameters(site.text, name, filters) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
