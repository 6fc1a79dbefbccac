import Analytics
package import Logging
import Postgres
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

        /// Connections that a server opens at most: beside those that write and answer, one that follows what other servers
        /// store, and one that maintains.
        package var connections: Int { writers + readers + 2 }

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
            setup: Self.setup(role: "hourglass_ingest"),
            size: configuration.writers,
            waiters: configuration.waiters,
            retryTime: configuration.retryFor
        )
        // Users of an hour are united in memory, which the default of 4 MB would spill to the disk.
        read = ingest.sibling(
            setup: Self.setup(role: "hourglass_read") + "SET work_mem = '64MB';",
            size: configuration.readers,
            waiters: configuration.waiters,
            rank: 1
        )
        let followers = ingest.sibling(setup: Self.setup(role: "hourglass_read"), size: 1, rank: 3)
        follower = LiveFollower(live: live, pool: followers, record: following, logger: logger)
    }

    /// The maintenance of the same database, whose connection counts with those of this store.
    package func maintenance(_ configuration: Maintenance.Configuration) -> Maintenance {
        let pool = ingest.sibling(setup: Maintenance.setup, size: 1, rank: 2)
        return Maintenance(pool: pool, configuration: configuration, record: maintaining, logger: logger)
    }

    /// What a session begins with.
    ///
    /// The views of a role that has any stand before the tables of the same names. Compiling a query takes longer than any
    /// of these run.
    static func setup(role: String) -> String {
        "SET ROLE \(role); SET search_path = \(role), hourglass; SET jit = off;"
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

    /// The reason for which sessions with the database cannot be relied on; nil when they last.
    ///
    /// - Throws: `QueryError.unavailable`.
    package func sessionObstacle() async throws -> String? {
        // Without the roles, which may not be there yet.
        let pool = ingest.sibling(setup: "", size: 2, rank: 0)
        defer { pool.close() }
        do {
            return try await pool.withConnection { first in
                try await pool.withConnection { second in try await SessionCheck.obstacle(first, second) }
            }
        } catch Pool.Refusal.unreachable(let error) where error.state.isConnectionLimit {
            // With one connection alone it cannot be found out.
            return nil
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    /// Compares the schema of the database with the one that this program knows.
    package func schema() async throws -> Schema {
        do {
            return try await lend { try await Schema.state(of: $0) }
        } catch {
            // A session begins with SET ROLE: this is what it says where there is no such role, and where the login has
            // not been given it.
            switch DatabaseFailure(error) {
            case .noConnection(.unreachable(let error)) where error.state == .invalidParameterValue:
                return .older(applied: 0, known: Migration.latest)
            case .noConnection(.unreachable(let error)) where error.state == .insufficientPrivilege: return .denied
            case let failure: throw failure?.queryError ?? error
            }
        }
    }

    /// Why the login is not one that the server should have; nil when it is well chosen.
    ///
    /// The schema must be the current one.
    package func loginObstacle() async throws -> String? {
        guard let login = try await ask({ try await $0.execute(LoginPower()).first }) else { return nil }
        guard login.isSuperuser || login.isOwner else { return nil }
        let power = login.isSuperuser ? "is a superuser" : "may take the role hourglass_owner"
        return "the login '\(login.name)' \(power), which a server should not be: make another one with "
            + "`CREATE ROLE hourglass LOGIN NOINHERIT PASSWORD '…'`, give it the server's roles with "
            + "`hourglass migrate --login hourglass`, and connect as it"
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
