import Analytics
import Postgres

/// Removes a segment of a site; returns its id.
struct RemoveSegment: Statement {
    static let sql = "SELECT remove_segment($1, $2)"
    let id: SegmentID
    let site: SiteName
    var parameters: Parameters { Parameters(site.text, id.rawValue) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
