import Analytics
import Columns
package import Logging
package import Postgres
package import Schema
import ServiceLifecycle
import Synchronization

/// A store in a PostgreSQL database.
package final class PostgresStore: EventStore, Service {
    /// The sizes and times of a store.
    package struct Configuration: Sendable {
        /// Connections that write, and so batches at the same time.
        package var writers = 4
        /// Connections that answer questions.
        package var readers = 4
        /// Questions that may wait for a connection.
        package var waiters = 1_000
        /// The longest time for which a batch is retried that has certainly not been stored.
        package var retryFor: Duration = .seconds(2)
        /// The longest time for which a batch is retried whose COMMIT may have happened.
        package var doubt: Duration = .seconds(30)
        /// The longest time for one call of a writer's connection, which is ended then.
        package var silence: Duration = .seconds(30)
        /// The limits and the clock of the live hours in memory.
        package var live = LiveAnswers.Configuration()
        /// The most memory for the parts of reports that are kept, in bytes.
        package var partMemory = 256 << 20
        /// The longest time for which parts are kept that have not been compared with the database.
        package var partAge = longestPartAge

        /// The notes about changed hits last for a quarter of an hour.
        static let longestPartAge: Duration = .seconds(300)

        package init() {}
    }

    /// The longest time for one call of a reader's connection; the database itself ends a statement before.
    private static let longestQuestion: Duration = .seconds(65)
    /// The most reports that wait for others.
    private static let waitingReports = 8

    let ingest: Pool
    let read: Pool
    let reporting: Pool
    let listing: Pool
    let managing: Pool
    /// Answers about the live hours, while the store runs as a service.
    package let live: LiveAnswers
    let configuration: Configuration
    let observeScan: @Sendable (Duration) -> Void
    let lateBudget = LateBudget()
    let dictionaries = DictionaryCache()
    let partRecord = WorkRecord<PartWork>()
    let keeping = WorkRecord<KeepingWork>()
    let parts: PartCache
    /// The threads that scan parts.
    let workers = ScanWorkers()
    let answers = ReportCache()
    let counts: CountCache
    let joined = JoinedReports()
    let retention = Retention()
    let refused = RefusalBuffer()
    let recentTurns = Turns()
    let recentMemory = RecentMemory()
    /// The name and the size of the database in bytes; nil before it has been asked for.
    let size = Mutex<DatabaseSize.Row?>(nil)
    let writing: Writing
    let logger: Logger
    /// Times that a batch was sent again.
    let resends = Atomic(0)
    /// Rows that were accepted before their users were forgotten, and dropped when they came.
    let forgottenRows = Atomic(0)
    let following = TaskRecord("following")
    let maintaining = TaskRecord("maintenance")
    let working = TaskRecord("jobs")
    let watching = TaskRecord("watching")
    private let follower: LiveFollower

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - configuration: Sizes and times.
    ///   - observeScan: Called with the time that a scan of parts took.
    ///   - logger: The server's.
    package init(
        url: String,
        configuration: Configuration = Configuration(),
        observeScan: @escaping @Sendable (Duration) -> Void = { _ in },
        logger: Logger = Logger(label: "hourglass.store") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.configuration = configuration
        self.observeScan = observeScan
        self.logger = logger
        live = LiveAnswers(configuration.live)
        parts = PartCache(
            limit: configuration.partMemory,
            longestAge: configuration.partAge,
            record: partRecord
        )
        counts = CountCache(limit: configuration.partMemory / 8)
        writing = Writing(logger: logger)
        ingest = Pool(
            url: url,
            setup: ConnectionPurpose.storing.setup,
            size: configuration.connections(for: .storing),
            waiters: configuration.waiters,
            retryTime: configuration.retryFor
        )
        read = ingest.sibling(for: .answering, configuration, waiters: configuration.waiters)
        reporting = ingest.sibling(for: .reporting, configuration, waiters: Self.waitingReports)
        listing = ingest.sibling(for: .listing, configuration, waiters: Self.waitingReports)
        managing = ingest.sibling(for: .managing, configuration, waiters: Self.waitingReports)
        let followers = ingest.sibling(for: .following, configuration)
        follower = LiveFollower(live: live, pool: followers, record: following, logger: logger)
    }

    /// Makes the maintenance of the same database, which shares the connection limit of this store.
    package func maintenance(_ configuration: Maintenance.Configuration) -> Maintenance {
        let pool = ingest.sibling(for: .maintaining, self.configuration)
        let keeper = PartKeeper(
            reporting: reporting,
            storing: ingest,
            limit: parts.limit,
            record: partRecord,
            workers: workers,
            logger: logger
        )
        return Maintenance(
            pool: pool,
            configuration: configuration,
            records: (maintaining, working),
            keeping: keeping,
            parts: keeper,
            hits: HitRetention(waiting: reporting, keeping: keeping, logger: logger) { [self] in try await total($0) },
            logger: logger
        )
    }

    /// The connections by which the registry is followed: those that write, so that it needs none of its own.
    package var registryPool: Pool { ingest }

    /// The connections by which accounts are let in, and accounts and sites are changed.
    package var accountPool: Pool { managing }

    /// Keeps the connections, and the live hours in memory, until the shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                if self.configuration.live.users > 0 { group.addTask { await self.follower.run() } }
                group.addTask { await self.watch() }
                group.addTask { await self.followRefusals() }
                group.addTask { await self.keepParts() }
                for await _ in ticks(every: .seconds(1)) { self.hangUp() }
            }
        }
        await deliverRefusals()
        await storeParts()
        close()
    }

    /// Ends connections whose call has had no answer for too long, as from a stopped server process.
    private func hangUp() {
        ingest.endStalledCalls(after: configuration.silence)
        for pool in [read, reporting, listing, managing, follower.pool] {
            pool.endStalledCalls(after: Self.longestQuestion)
        }
    }

    package func close() {
        follower.pool.close()
        ingest.close()
        read.close()
        reporting.close()
        listing.close()
        managing.close()
    }

    /// The threads of the connections that write: a task that prefers one of them writes without crossing threads.
    package var writers: [any TaskExecutor] { ingest.threads }

    /// Compares the schema of the database with the one that this program knows.
    package func schema() async throws -> SchemaState {
        do {
            return try await lend { try await SchemaState.state(of: $0) }
        } catch {
            // A session begins with SET ROLE, so the error of a missing role tells the state of the schema.
            if case .noConnection(.unreachable(let error)) = DatabaseFailure(error),
                let state = SchemaState(withoutRole: error)
            {
                return state
            }
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    /// The reason for which the schema of the database is not one that this program works with; nil when it is.
    package func schemaObstacle() async throws -> String? {
        try await schema().obstacle
    }

    /// Lends a connection for a question.
    ///
    /// - Throws: `QueryError` when the database fails.
    func ask<R: Sendable>(_ question: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            return try await lend(question)
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    /// Lends a connection for a question, and another one if the first is lost.
    ///
    /// A connection that was idle while PostgreSQL restarted shows its loss only when it is used.
    private func lend<R: Sendable>(_ question: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            return try await read.withConnection(question)
        } catch let error as PostgresError where error.state.isConnectionLoss {
            return try await read.withConnection(question)
        }
    }
}
