package import Analytics
package import Logging
import Postgres
package import Schema
import ServiceLifecycle

/// What the database knows: it takes batches of events and answers questions about them.
package struct Store: Service {
    /// The sizes and patience of a store.
    package struct Configuration: Sendable {
        /// Connections that write, and so batches at the same time.
        package var writers = 4
        /// Connections that answer questions.
        package var readers = 4
        /// Questions that may wait for a connection.
        package var waiters = 1_000
        /// How long a batch that has certainly not been stored is tried again.
        package var patience: Duration = .seconds(2)
        /// How long a batch is tried again whose COMMIT may have happened.
        package var doubt: Duration = .seconds(30)
        /// How long the database may leave a batch without an answer.
        package var silence: Duration = .seconds(30)
        /// What is kept in memory.
        package var live = Live.Configuration()

        package init() {}
    }

    /// Longer than the database itself lets a statement run.
    private static let longestQuestion: Duration = .seconds(65)

    let ingest: Pool
    let read: Pool
    /// Answers about the live hours, while the store runs as a service.
    package let live: Live
    let configuration: Configuration
    let lateBudget = LateBudget()
    let retention = Retention()
    let writing: Writing
    let logger: Logger
    let resends = Resends()
    let following = TaskRecord("following")
    let maintaining = TaskRecord("maintenance")
    let watching = TaskRecord("watching")
    private let follower: LiveFollower

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - configuration: Sizes and times.
    ///   - logger: The server's.
    package init(
        url: String,
        configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "hourglass.store") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.configuration = configuration
        self.logger = logger
        live = Live(configuration.live)
        writing = Writing(logger: logger)
        ingest = Pool(
            url: url,
            setup: ConnectionPurpose.storing.setup,
            size: configuration.connections(for: .storing),
            waiters: configuration.waiters,
            retryTime: configuration.patience
        )
        read = ingest.sibling(for: .answering, configuration, waiters: configuration.waiters)
        let followers = ingest.sibling(for: .following, configuration)
        follower = LiveFollower(live: live, pool: followers, record: following, logger: logger)
    }

    /// The maintenance of the same database, whose connection counts with those of this store.
    package func maintenance(_ configuration: Maintenance.Configuration) -> Maintenance {
        let pool = ingest.sibling(for: .maintaining, self.configuration)
        return Maintenance(pool: pool, configuration: configuration, record: maintaining, logger: logger)
    }

    /// Keeps the connections, and the live hours in memory, until the shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                if configuration.live.users > 0 { group.addTask { await follower.run() } }
                group.addTask { await watch() }
                // Cancelled while waiting: the loop ends.
                while (try? await Task.sleep(for: .seconds(1))) != nil { hangUp() }
            }
        }
        close()
    }

    /// Gives up on a database that keeps its connections and does not answer.
    private func hangUp() {
        ingest.endStalledCalls(after: configuration.silence)
        for pool in [read, follower.pool] { pool.endStalledCalls(after: Self.longestQuestion) }
    }

    package func close() {
        follower.pool.close()
        ingest.close()
        read.close()
    }

    /// The threads of the connections that write: a task that prefers one of them writes without crossing threads.
    package var writers: [any TaskExecutor] { ingest.threads }
    /// The tasks in the background, as far as they are to run.
    package var tasks: [TaskRecord] {
        [maintaining, watching] + (configuration.live.users > 0 ? [following] : [])
    }
    /// Times that a batch was sent again because the database had not answered.
    package var resent: Int { resends.count }

    /// Compares the schema of the database with the one that this program knows.
    package func schema() async throws -> SchemaState {
        do {
            return try await ask { try await SchemaState.state(of: $0) }
        } catch StoreError.unavailable(Pool.Refusal.unreachable(let error)) {
            // A session begins with SET ROLE.
            guard let state = SchemaState(withoutRole: error) else { throw StoreError.unavailable(error) }
            return state
        }
    }

    /// The reason for which the schema of the database is not one that this program works with; nil when it is.
    package func schemaObstacle() async throws -> String? {
        try await schema().obstacle
    }

    /// Lends a connection for a question.
    ///
    /// It is asked again when the connection turns out to be gone, because one that was idle while PostgreSQL restarted
    /// looks as good as any.
    func ask<R: Sendable>(_ question: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            do {
                return try await read.withConnection(question)
            } catch let error as PostgresError where error.state.isConnectionLoss {
                return try await read.withConnection(question)
            }
        } catch let error as PostgresError where error.state == .queryCanceled {
            throw StoreError.tooSlow
        } catch let error as PostgresError {
            throw StoreError.unavailable(error)
        } catch let error as Pool.Refusal {
            throw StoreError.unavailable(error)
        }
    }
}

/// Why a question could not be answered.
package enum StoreError: Error {
    /// The database cannot be reached, has too much to do, or is in trouble.
    case unavailable(any Error)
    /// The answer took longer than it may.
    case tooSlow
}
