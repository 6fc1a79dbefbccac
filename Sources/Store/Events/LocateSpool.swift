import Analytics
import FoundationEssentials
import Postgres

/// Asks up to where a spool has been delivered; one that is not known begins at `first`.
struct LocateSpool: Statement {
    static let sql = "SELECT record, part FROM locate_spool($1, $2, $3)"
    let spool: UUID
    let first: SpoolPosition
    /// Whether the ids of batches that were sent before now may be forgotten.
    let isEmpty: Bool
    var parameters: Parameters { Parameters(spool, first.record, isEmpty) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> SpoolPosition {
        let (record, part) = try row.decode((Int, Int).self)
        return SpoolPosition(record: record, part: part)
    }
}
