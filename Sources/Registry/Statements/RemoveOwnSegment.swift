import Analytics
import Postgres

/// Removes a segment of an account from a site; returns its id.
struct RemoveOwnSegment: Statement {
    static let sql = "SELECT remove_own_segment($1, $2, $3)"
    let id: SegmentID
    let site: SiteName
    /// The number of the account.
    let owner: Int
    var parameters: Parameters { Parameters(site.text, Int32(clamping: owner), id.rawValue) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
