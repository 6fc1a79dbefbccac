import Analytics
import Columns
import Logging
import Postgres
import Synchronization

/// Builds the parts that are missing before a question needs them, and compares the stored ones with the rows, on the
/// server that maintains.
///
/// Both take a short time of each round of the maintenance, and one connection; questions go first.
final class PartKeeper: Sendable {
    /// The times for which a round builds and compares.
    private static let (building, comparing): (Duration, Duration) = (.seconds(2), .milliseconds(500))
    /// The time between two looks for missing parts.
    private static let pause: Duration = .seconds(600)
    private static let mostListed = 5_000

    private struct State {
        /// The last is built first.
        var missing: [MissingParts.Row] = []
        var nextLook = ContinuousClock.now
        /// The number of missing parts that was noted.
        var noted: Int?
    }

    private let reporting: Pool
    private let storing: Pool
    /// The most memory for a part, in bytes.
    private let limit: Int
    private let record: WorkRecord<PartWork>
    private let workers: ScanWorkers
    private let logger: Logger
    private let state = Mutex(State())

    init(
        reporting: Pool,
        storing: Pool,
        limit: Int,
        record: WorkRecord<PartWork>,
        workers: ScanWorkers,
        logger: Logger
    ) {
        (self.reporting, self.storing) = (reporting, storing)
        (self.limit, self.record, self.workers) = (limit, record, workers)
        self.logger = logger
    }

    /// Compares and builds for a short time.
    ///
    /// - Parameter connection: A connection for maintaining.
    /// - Throws: A `PostgresError` of that connection.
    func round(_ connection: Connection) async throws {
        try await compare(connection)
        if state.withLock({ $0.missing.isEmpty && $0.nextLook <= .now }) { try await look(connection) }
        await build()
        let (count, noted) = state.withLock { ($0.missing.count, $0.noted) }
        guard count != noted else { return }
        _ = try await connection.execute(NotePartGap(days: count))
        state.withLock { $0.noted = count }
    }

    private func compare(_ connection: Connection) async throws {
        for part in try await connection.execute(CheckParts(work: Self.comparing)) {
            record.note(.differing)
            logger.warning(
                "a stored part of reports had not the hits of the rows, and is built again",
                metadata: [
                    "site": "\(part.site.rawValue)", "day": "\(part.day)", "hits": "\(part.hits)",
                    "rows": "\(part.rows)",
                ]
            )
        }
    }

    private func look(_ connection: Connection) async throws {
        let missing = try await connection.execute(MissingParts(most: Self.mostListed))
        state.withLock { state in
            state.missing = missing.reversed()
            // Those beyond the limit are looked for as soon as these are built.
            state.nextLook = missing.count < Self.mostListed ? .now + Self.pause : .now
        }
    }

    private func build() async {
        let end = ContinuousClock.now + Self.building
        while ContinuousClock.now < end, reporting.waiting == 0, let day = state.withLock({ $0.missing.last }) {
            do {
                try await build(day)
            } catch {
                logger.debug("a part cannot be built", metadata: ["error": "\(descriptionForLog(error))"])
                guard Self.concernsOneDay(error) else { return }
            }
            state.withLock { _ = $0.missing.popLast() }
        }
    }

    /// True if the other days can be built all the same, as when a day has too many hits.
    private static func concernsOneDay(_ error: any Error) -> Bool {
        switch DatabaseFailure(error) {
        case .reported(let error): !error.state.isConnectionLoss
        case .noConnection: false
        case nil: !(error is CancellationError)
        }
    }

    private func build(_ missing: MissingParts.Row) async throws {
        let day = missing.day.unixDay
        let parts = try await reporting.withConnection { connection in
            let refresh = PartRefresh(
                connection: connection,
                site: missing.site,
                days: day...day,
                withBots: false,
                limit: limit,
                record: record,
                workers: workers
            )
            return try await refresh.parts(nil)
        }
        // It may have been stored meanwhile.
        guard let kept = parts.days[day], kept.changes > 0 else { return }
        try await UnstoredPart(site: missing.site, day: day, kept: kept, parts: parts).store(by: storing)
    }
}
