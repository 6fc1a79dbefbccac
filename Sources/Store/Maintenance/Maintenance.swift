import Analytics
import FoundationEssentials
package import Logging
import Postgres
import ServiceLifecycle

/// Closes hours that are over, refreshes the aggregates of touched hours, deletes what has expired, and keeps the parts
/// of reports.
///
/// With several servers on one database, one maintains at a time. A failure is logged and tried again the next time:
/// without maintenance answers get slower, not wrong.
package struct Maintenance: Service {
    package struct Configuration: Sendable {
        /// The wait between two rounds.
        package var interval: Duration = .seconds(10)
        /// The time after its end at which an hour is closed.
        package var grace: Duration = .seconds(120)
        /// The time without new events after which a touched hour is refreshed; ten times as long if events keep
        /// coming.
        package var quiet: Duration = .seconds(10)
        /// The age up to which events are kept; nil for ever.
        ///
        /// Whole weeks are dropped; the answers about them stay. Hits are kept for a week longer.
        package var retention: Duration?
        /// The age at which TimescaleDB compresses the events of a week; nil for never.
        package var compressAfter: Duration? = .seconds(7 * 86_400)
        package var jobs = JobRunner.Configuration()

        package init() {}
    }

    /// The id under which this server maintains.
    private let id = UUID()
    private static let pruneInterval: Duration = .seconds(600)
    /// The most tables to which autovacuum is brought in a round; others have to wait for the next one.
    private static let mostHastened = 50

    private let pool: Pool
    private let configuration: Configuration
    private let record: TaskRecord
    private let keeping: WorkRecord<KeepingWork>
    private let parts: PartKeeper?
    private let hits: HitRetention?
    private let events: EventRetention
    private let logger: Logger
    /// The task that works on jobs between the rounds; it has to end before this one.
    package let jobs: JobRunner

    /// Maintains without a store: no hits are dropped.
    package init(url: String, configuration: Configuration = Configuration(), logger: Logger) {
        self.init(
            pool: Pool(url: url, setup: ConnectionPurpose.maintaining.setup, size: 1),
            configuration: configuration,
            records: (TaskRecord("maintenance"), TaskRecord("jobs")),
            logger: logger
        )
    }

    /// Maintains over a pool that shares the connection limit of a store, which counts dates before hits are dropped.
    init(
        pool: Pool,
        configuration: Configuration,
        records: (own: TaskRecord, jobs: TaskRecord),
        keeping: WorkRecord<KeepingWork> = WorkRecord<KeepingWork>(),
        parts: PartKeeper? = nil,
        hits: HitRetention? = nil,
        logger: Logger
    ) {
        self.pool = pool
        self.configuration = configuration
        record = records.own
        self.keeping = keeping
        self.parts = parts
        self.hits = hits
        events = EventRetention(keeping: keeping, logger: logger)
        self.logger = logger
        jobs = JobRunner(pool: pool, configuration: configuration.jobs, record: records.jobs, logger: logger)
    }

    /// Maintains until the shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var nextPrune = ContinuousClock.now
            await record.repeatRounds(
                every: configuration.interval,
                logger,
                failure: "maintenance failed, will be tried again"
            ) {
                let isPruning = ContinuousClock.now >= nextPrune
                if isPruning { nextPrune = .now + Self.pruneInterval }
                try await round(isPruning: isPruning)
            }
        }
        pool.close()
    }

    /// Runs a round unless another server does; returns the number of hours that were refreshed.
    @discardableResult
    package func round(isPruning: Bool = true) async throws -> Int {
        try await pool.withConnection { connection in
            guard try await mayMaintain(connection) else { return 0 }
            do {
                let refreshed = try await maintain(connection, isPruning)
                try await leave(connection)
                return refreshed
            } catch {
                // Without a connection, the database lets another server maintain by itself.
                try? await leave(connection)
                throw error
            }
        }
    }

    /// Takes or extends the time in which this server maintains; false while another server does.
    private func mayMaintain(_ connection: Connection) async throws -> Bool {
        try await connection.execute(TakeMaintenance(server: id)).first == true
    }

    /// Lets another server maintain; not a statement, which a cancelled task could not execute.
    private func leave(_ connection: Connection) async throws {
        try await connection.run("SELECT leave_maintenance('\(id)')")
    }

    private func maintain(_ connection: Connection, _ isPruning: Bool) async throws -> Int {
        _ = try await connection.execute(ForgetServers())
        _ = try await connection.execute(PrepareHours())
        _ = try await connection.execute(TurnHitIDs())
        _ = try await connection.execute(CloseHours(grace: configuration.grace))
        let hours = try await connection.execute(TouchedHours(quiet: configuration.quiet))
        for hour in hours {
            // Another server took over if the last hour took too long.
            guard try await mayMaintain(connection) else { return 0 }
            _ = try await connection.execute(RefreshHour(hour: hour))
        }
        if !hours.isEmpty { logger.debug("refreshed aggregates", metadata: ["hours": "\(hours.count)"]) }
        if isPruning {
            _ = try await connection.execute(Prune())
            try await tidy(connection)
        }
        if let hits, configuration.retention != nil, try await mayMaintain(connection) {
            try await hits.round(connection, isDropping: isPruning)
        }
        if let hits, isPruning || hits.isShortening, try await mayMaintain(connection) {
            try await hits.shorten(connection)
        }
        if isPruning || events.isShortening, try await mayMaintain(connection) {
            try await events.shorten(connection)
        }
        if isPruning, try await mayMaintain(connection) { try await hastenVacuums(connection) }
        if let parts, try await mayMaintain(connection) { try await parts.round(connection) }
        return hours.count
    }

    /// Drops and compresses old events, as configured.
    private func tidy(_ connection: Connection) async throws {
        if let retention = configuration.retention {
            let dropped = try await connection.execute(DropEvents(age: retention)).first ?? 0
            if dropped > 0 {
                keeping.note(.tablesDropped, dropped)
                logger.info("dropped old events", metadata: ["tables": "\(dropped)"])
            }
        }
        if let age = configuration.compressAfter {
            while try await connection.execute(CompressEvents(age: age)).first == 1 {
                keeping.note(.tablesCompressed)
                logger.info("compressed old events", metadata: ["tables": "1"])
            }
        }
    }

    /// Has autovacuum come soon to the partitions and chunks that retention, removed sites and forgotten users have taken
    /// rows from.
    private func hastenVacuums(_ connection: Connection) async throws {
        for _ in 0..<Self.mostHastened {
            guard let table = try await connection.execute(HastenVacuum()).first ?? nil else { return }
            keeping.note(.vacuumsHastened)
            logger.info("a table with deleted rows will be vacuumed earlier", metadata: ["table": "\(table)"])
        }
    }
}
