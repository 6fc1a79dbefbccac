import Analytics
import Postgres

/// Notes the last use of share links.
struct NoteShareUses: Statement {
    static let sql = "SELECT 1 FROM note_share_uses($1, $2)"
    let uses: [(share: Int32, at: Timestamp)]

    var parameters: Parameters {
        Parameters(PostgresArray(uses.map(\.share)), PostgresArray(uses.map { $0.at.milliseconds / 1000 }))
    }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
