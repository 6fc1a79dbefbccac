import Analytics
import Logging
import Postgres
import Synchronization

/// Deletes the events of sites that keep them for a shorter time than the server; the answers about them stay.
///
/// A step is a transaction, which deletes the events of a site on a day. So it goes on where it was after a restart.
final class EventRetention: Sendable {
    /// The time for which a round deletes.
    private static let deleting: Duration = .seconds(2)

    private let keeping: WorkRecord<KeepingWork>
    private let logger: Logger
    private let hasMore = Atomic(false)

    /// - Parameters:
    ///   - keeping: The record of what is deleted.
    ///   - logger: The log.
    init(keeping: WorkRecord<KeepingWork>, logger: Logger) {
        self.keeping = keeping
        self.logger = logger
    }

    /// True if the last time was too short for all that was to be deleted.
    var isShortening: Bool { hasMore.load(ordering: .relaxed) }

    /// Deletes for a short time.
    ///
    /// - Parameter connection: A connection for maintaining.
    /// - Throws: A `PostgresError` of that connection, or a `CancellationError`.
    func shorten(_ connection: Connection) async throws {
        let end = ContinuousClock.now + Self.deleting
        let isDone = try await shorten(connection, until: end)
        hasMore.store(!isDone, ordering: .relaxed)
    }

    /// Does it until a moment; returns true if all is deleted, or cannot be for now.
    private func shorten(_ connection: Connection, until end: ContinuousClock.Instant) async throws -> Bool {
        for short in try await connection.execute(SitesWithOldEvents()) {
            _ = try await connection.execute(CloseOldEvents(short: short))
            var deleted = 0
            defer { note(deleted, of: short) }
            while let count = try await connection.execute(DeleteOldEvents(site: short.site)).first, count > 0 {
                deleted += count
                guard ContinuousClock.now < end else { return false }
            }
            guard ContinuousClock.now < end else { return false }
        }
        return true
    }

    private func note(_ deleted: Int, of short: SitesWithOldEvents.Row) {
        guard deleted > 0 else { return }
        keeping.note(.eventsDeleted, deleted)
        let metadata: Logger.Metadata = ["site": "\(short.site.rawValue)", "events": "\(deleted)"]
        logger.info("deleted old events of a site", metadata: metadata)
    }
}
