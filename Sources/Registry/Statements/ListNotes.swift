import Analytics
import Postgres

/// Asks for the notes of a site from one date to another, both included.
struct ListNotes: Statement {
    static let sql = "SELECT id, date, text FROM notes($1, $2::text::date, $3::text::date)"
    let site: SiteName
    let first: String?
    let last: String?
    var parameters: Parameters { Parameters(site.text, first, last) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Note {
        let (id, date, text) = try row.decode((Int, String, String).self)
        guard let id = Int32(exactly: id) else { throw PostgresDecodingError(reason: "the id of a note is too large") }
        return Note(id: NoteID(rawValue: id), date: date, text: text)
    }
}
