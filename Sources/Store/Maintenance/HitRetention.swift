import Analytics
import Logging
import Postgres
import Synchronization

/// Counts the dates of all sites whose hits are to be dropped, and drops the hits when all are counted.
///
/// Hits stay a week longer than events. Counting takes a short time of each round of the maintenance, goes on where it
/// was after a restart, and lets questions go first. A date that cannot be counted keeps all hits.
final class HitRetention: Sendable {
    /// The time for which a round counts.
    private static let counting: Duration = .seconds(2)
    /// The time after which counting is tried again when a date could not be counted.
    private static let pause: Duration = .seconds(600)

    private let reporting: Pool
    private let keeping: WorkRecord<KeepingWork>
    private let logger: Logger
    private let total: @Sendable (Query) async throws -> DayTotal
    private let nextCount = Mutex(ContinuousClock.now)
    private let hasMore = Atomic(false)

    /// - Parameters:
    ///   - reporting: The connections for reports, whose questions go first.
    ///   - keeping: The record of what is deleted.
    ///   - logger: The log.
    ///   - total: Counts the numbers of a date, as reports are counted.
    init(
        waiting reporting: Pool,
        keeping: WorkRecord<KeepingWork> = WorkRecord<KeepingWork>(),
        logger: Logger,
        total: @escaping @Sendable (Query) async throws -> DayTotal
    ) {
        self.reporting = reporting
        self.keeping = keeping
        self.logger = logger
        self.total = total
    }

    /// Counts for a short time.
    ///
    /// - Parameters:
    ///   - connection: A connection for maintaining.
    ///   - isDropping: True to drop hits if all is counted.
    /// - Throws: A `PostgresError` of that connection, or a `CancellationError`.
    func round(_ connection: Connection, isDropping: Bool) async throws {
        guard nextCount.withLock({ $0 <= .now }), let border = try await border(connection) else { return }
        guard try await countDates(before: border, connection), isDropping else { return }
        let dropped = try await connection.execute(DropHits(border: border)).first ?? 0
        guard dropped > 0 else { return }
        keeping.note(.tablesDropped, dropped)
        logger.info("dropped old hits", metadata: ["tables": "\(dropped)"])
    }

    /// True if the last time was too short for all that was to be deleted.
    var isShortening: Bool { hasMore.load(ordering: .relaxed) }

    /// Counts dates of sites that keep their hits for a shorter time, and deletes the hits of those that are counted, for a
    /// short time.
    ///
    /// - Parameter connection: A connection for maintaining.
    /// - Throws: A `PostgresError` of that connection, or a `CancellationError`.
    func shorten(_ connection: Connection) async throws {
        guard nextCount.withLock({ $0 <= .now }) else { return }
        let end = ContinuousClock.now + Self.counting
        let isDone = try await shorten(connection, until: end)
        hasMore.store(!isDone, ordering: .relaxed)
    }

    /// Does it until a moment; returns true if all is deleted, or cannot be for now.
    private func shorten(_ connection: Connection, until end: ContinuousClock.Instant) async throws -> Bool {
        for short in try await connection.execute(ShortenedSites()) {
            _ = try await connection.execute(CloseSiteDates(short: short))
            guard try await countDates(of: short, connection, until: end) else { return false }
            var deleted = 0
            while let count = try await connection.execute(DeleteOldHits(short: short)).first, count > 0 {
                deleted += count
                guard ContinuousClock.now < end, reporting.waiting == 0 else { break }
            }
            if deleted > 0 {
                keeping.note(.hitsDeleted, deleted)
                let metadata: Logger.Metadata = ["site": "\(short.site.rawValue)", "hits": "\(deleted)"]
                logger.info("deleted old hits of a site", metadata: metadata)
            }
            guard ContinuousClock.now < end, reporting.waiting == 0 else { return false }
        }
        return true
    }

    /// Counts the dates of a site that keeps its hits for a shorter time; returns true if all are counted.
    private func countDates(
        of short: ShortenedSites.Row,
        _ connection: Connection,
        until end: ContinuousClock.Instant
    ) async throws -> Bool {
        do {
            return try await countDates(of: short.site, before: short.border, connection, until: end)
        } catch let failure as CountFailure {
            putOff(short.site, failure)
            return false
        }
    }

    /// Keeps all hits for a while, since a date cannot be counted.
    private func putOff(_ site: SiteID, _ failure: CountFailure) {
        nextCount.withLock { $0 = .now + Self.pause }
        logger.warning(
            "a date cannot be counted, and hits are kept until it can",
            metadata: ["site": "\(site.rawValue)", "error": "\(descriptionForLog(failure.error))"]
        )
    }

    /// The moment before which hits are to be dropped; nil if there is nothing to drop.
    private func border(_ connection: Connection) async throws -> PostgresTimestamp? {
        try await connection.execute(CloseDates()).first ?? nil
    }

    /// Counts dates until all are counted or time is up; returns true if all are.
    private func countDates(before border: PostgresTimestamp, _ connection: Connection) async throws -> Bool {
        let end = ContinuousClock.now + Self.counting
        var isComplete = true
        for site in try await connection.execute(UncountedSites(border: border)) {
            do {
                let isDone = try await countDates(of: site, before: border, connection, until: end)
                isComplete = isComplete && isDone
            } catch let failure as CountFailure {
                isComplete = false
                putOff(site, failure)
            }
            guard ContinuousClock.now < end else { return false }
        }
        return isComplete
    }

    /// Counts the dates of a site, at least one; returns true if all are counted.
    private func countDates(
        of site: SiteID,
        before border: PostgresTimestamp,
        _ connection: Connection,
        until end: ContinuousClock.Instant
    ) async throws -> Bool {
        repeat {
            guard let date = try await connection.execute(NextDate(site: site, border: border)).first else {
                return true
            }
            let total = try await count(date, of: site)
            guard try await connection.execute(KeepTotal(site: site, date: date, total: total)).first == true else {
                // Another server has counted meanwhile, or the site has got another zone.
                return false
            }
        } while ContinuousClock.now < end && reporting.waiting == 0
        return false
    }

    private func count(_ date: NextDate.Row, of site: SiteID) async throws -> DayTotal {
        guard let period = Period(from: Timestamp(date.first), to: Timestamp(date.last)) else { return DayTotal() }
        do {
            return try await total(.total(of: site, on: period))
        } catch {
            if Task.isCancelled { throw error }
            throw CountFailure(error: error)
        }
    }
}

/// The failure to count a date.
private struct CountFailure: Error {
    let error: any Error
}
