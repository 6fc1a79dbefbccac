import Analytics
package import Logging
import Postgres
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
        /// How long a batch that has certainly not been stored is tried again.
        package var retryFor: Duration = .seconds(2)
        /// How long a batch is tried again whose COMMIT may have happened.
        package var doubt: Duration = .seconds(30)
        /// How long the database may leave a batch without an answer.
        package var silence: Duration = .seconds(30)
        /// What is kept in memory.
        package var live = LiveAnswers.Configuration()

        package init() {}
    }

    /// Longer than the database itself lets a statement run.
    private static let longestQuestion: Duration = .seconds(65)

    let ingest: Pool
    let read: Pool
    /// Answers about the live hours, while the store runs as a service.
    package let live: LiveAnswers
    let configuration: Configuration
    let lateBudget = LateBudget()
    let retention = Retention()
    let writing: Writing
    let logger: Logger
    /// Times that a batch was sent again.
    let resends = Atomic(0)
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
        live = LiveAnswers(configuration.live)
        writing = Writing(logger: logger)
        ingest = Pool(
            url: url,
            setup: ConnectionPurpose.storing.setup,
            size: configuration.connections(for: .storing),
            waiters: configuration.waiters,
            retryTime: configuration.retryFor
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
                if self.configuration.live.users > 0 { group.addTask { await self.follower.run() } }
                group.addTask { await self.watch() }
                // Cancelled while waiting: the loop ends.
                while (try? await Task.sleep(for: .seconds(1))) != nil { self.hangUp() }
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

    /// Compares the schema of the database with the one that this program knows.
    package func schema() async throws -> SchemaState {
        do {
            return try await lend { try await SchemaState.state(of: $0) }
        } catch {
            // A session begins with SET ROLE.
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

    /// Lends a connection for a question, and another one when the first turns out to be gone: one that was idle while
    /// PostgreSQL restarted looks as good as any.
    private func lend<R: Sendable>(_ question: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            return try await read.withConnection(question)
        } catch let error as PostgresError where error.state.isConnectionLoss {
            return try await read.withConnection(question)
        }
    }
}
