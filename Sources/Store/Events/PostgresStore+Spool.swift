package import Analytics
package import FoundationEssentials
import Postgres

extension PostgresStore: SpoolTarget {
    /// Finds the position up to which a spool has been delivered.
    ///
    /// - Parameters:
    ///   - spool: The id of the spool.
    ///   - first: The position at which it begins if the database does not know it.
    ///   - isEmpty: True if everything that was spooled has been delivered, so that the ids of earlier batches may be
    ///     forgotten.
    /// - Returns: The position from which on the spool has still to be delivered.
    /// - Throws: `WriteError.unavailable` while the database is away or fails.
    package func locate(_ spool: UUID, first: SpoolPosition, isEmpty: Bool) async throws -> SpoolPosition {
        do {
            return try await ingest.withConnection { connection in
                let rows = try await connection.execute(LocateSpool(spool: spool, first: first, isEmpty: isEmpty))
                return rows.first ?? first
            }
        } catch {
            guard let failure = DatabaseFailure(error) else { throw error }
            writing.failed(failure)
            throw WriteError.unavailable
        }
    }
}
