import Analytics
import Postgres

/// Adds a note to a date of a site; returns its id.
struct AddNote: Statement {
    static let sql = "SELECT add_note($1, $2::text::date, $3)"
    let date: String
    let text: String
    let site: SiteName
    var parameters: Parameters { Parameters(site.text, date, text) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
