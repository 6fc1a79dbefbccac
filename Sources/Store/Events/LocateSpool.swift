import Analytics
import FoundationEssentials
import Postgres

/// Asks for the position up to which a spool has been delivered; an unknown spool begins at `first`.
struct LocateSpool: Statement {
    static let sql = "SELECT record, part FROM locate_spool($1, $2, $3)"
    let spool: UUID
    let first: SpoolPosition
    /// True if everything that was spooled has been delivered, so that the ids of earlier batches may be forgotten.
    let isEmpty: Bool
    var parameters: Parameters { Parameters(spool, first.record, isEmpty) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> SpoolPosition {
        let (record, part) = try row.decode((Int, Int).self)
        return SpoolPosition(record: record, part: part)
    }
}
