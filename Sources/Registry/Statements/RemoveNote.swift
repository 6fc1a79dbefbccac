import Analytics
import Postgres

/// Removes a note of a site; returns its id.
struct RemoveNote: Statement {
    static let sql = "SELECT remove_note($1, $2)"
    let id: NoteID
    let site: SiteName
    var parameters: Parameters { Parameters(site.text, id.rawValue) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
