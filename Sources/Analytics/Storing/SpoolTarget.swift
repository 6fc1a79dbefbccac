package import FoundationEssentials

/// A store that batches of a spool can be delivered to: it keeps the position of the spool, and moves it in the
/// transaction that stores a batch with a `SpoolRange`.
package protocol SpoolTarget: EventStore {
    /// Finds the position up to which a spool has been delivered.
    ///
    /// - Parameters:
    ///   - spool: The id of the spool.
    ///   - first: The position at which a spool begins that the store does not know yet.
    ///   - isEmpty: True if everything that was spooled has been delivered, so that the ids of earlier batches may be
    ///     forgotten.
    /// - Returns: The position from which on the spool has still to be delivered.
    /// - Throws: `WriteError.unavailable`.
    func locate(_ spool: UUID, first: SpoolPosition, isEmpty: Bool) async throws -> SpoolPosition
}
