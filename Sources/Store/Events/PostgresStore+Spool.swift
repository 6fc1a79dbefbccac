package import Analytics
package import FoundationEssentials
import Postgres

extension PostgresStore: SpoolTarget {
    /// Up to where a spool has been delivered.
    ///
    /// - Parameters:
    ///   - spool: What the spool is called.
    ///   - first: Where it begins, if the database does not know it.
    ///   - isEmpty: Whether the ids of batches that were sent before now may be forgotten.
    /// - Returns: The place from which on it has still to be delivered.
    /// - Throws: `WriteError.unavailable` while the database is away or in trouble.
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
