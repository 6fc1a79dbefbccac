import ServiceLifecycle
import Synchronization

/// A connection pool that lends at most `size` connections at a time.
///
/// Callers queue in order while all connections are lent; beyond `waiters` they are refused with `Refusal.exhausted`. A
/// lost connection is replaced when it is next needed. If one cannot be opened, callers wait for the others; if there is
/// none at all, attempts are made at growing intervals, and callers between them are refused at once.
///
/// A task that prefers one of `threads` gets the connection of that thread whenever it is free.
package final class Pool: Service {
    /// The reason that no connection was lent.
    package enum Refusal: Error {
        /// The queue of waiters is full.
        case exhausted
        /// The pool has been shut down.
        case closed
        /// The last attempt to reach the database failed.
        case unreachable(PostgresError)
    }

    let url: String
    let setup: String
    /// A thread for each connection; it outlives a lost connection.
    package let threads: [ThreadExecutor]
    let waiterLimit: Int
    let retryTime: Duration
    let share: ConnectionShare
    let rank: Int
    /// A lock and not an actor, because a cancelled waiter must be removed synchronously.
    let state: Mutex<State>

    /// The number of callers that wait for a connection.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - setup: Statements run at the start of each session.
    ///   - size: The most connections.
    ///   - waiters: The most callers that may wait for a connection.
    ///   - retryTime: The longest wait for one of the other connections if one cannot be opened.
    package convenience init(
        url: String,
        setup: String = "",
        size: Int,
        waiters: Int = 1_000,
        retryTime: Duration = .seconds(2)
    ) {
        self.init(
            url: url,
            setup: setup,
            size: size,
            waiters: waiters,
            retryTime: retryTime,
            share: ConnectionShare(),
            rank: 0
        )
    }

    private init(
        url: String,
        setup: String,
        size: Int,
        waiters: Int,
        retryTime: Duration,
        share: ConnectionShare,
        rank: Int
    ) {
        self.url = url
        self.setup = setup
        self.threads = (0..<size).map { _ in ThreadExecutor() }
        self.waiterLimit = waiters
        self.retryTime = retryTime
        self.share = share
        self.rank = rank
        self.state = Mutex(State(vacant: threads))
        share.join(self)
    }

    /// Makes a pool of differently set up sessions on the same server, sharing its connection limit.
    ///
    /// - Parameters:
    ///   - setup: Statements run at the start of each session.
    ///   - size: The most connections.
    ///   - waiters: The most callers that may wait for a connection.
    ///   - rank: The order of the pools when the limit is reached; the lowest is served first.
    /// - Returns: The pool.
    package func sibling(setup: String, size: Int, waiters: Int = 1_000, rank: Int) -> Pool {
        Pool(
            url: url,
            setup: setup,
            size: size,
            waiters: waiters,
            retryTime: retryTime,
            share: share,
            rank: rank
        )
    }

    /// Lends a connection for the duration of `body`.
    package func withConnection<R: Sendable>(_ body: @Sendable (Connection) async throws -> R) async throws -> R {
        for _ in 0...threads.count {
            let connection = try await acquire()
            state.withLock { $0.lent.append(connection) }
            let (result, isUsable) = await connection.lend(body)
            await release(connection, isUsable: isUsable)
            if let result { return try result.get() }
        }
        // The server ended every session before it could be used.
        throw Refusal.unreachable(.closed)
    }

    /// True if another pool waits for one of this pool's connections: a long-running task should return its own.
    package var mustYield: Bool { share.mustYield(self, open: state.withLock { $0.established }) }

    /// Waits for the shutdown, then closes the idle connections; lent ones close when they are returned.
    package func run() async throws {
        // Cancellation is a shutdown too.
        try? await gracefulShutdown()
        close()
    }

    /// Ends lent connections that have been blocked in one call for longer than a limit, as by a stopped server process.
    ///
    /// A thread blocked in libpq cannot time out by itself.
    package func endStalledCalls(after limit: Duration) {
        for connection in state.withLock({ $0.lent }) { connection.endStalledCall(after: limit) }
    }

    package func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            state.dropIdle()
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Refusal.closed) }
    }

    /// Closes an idle connection if more than `kept` connections are open.
    ///
    /// - Returns: True if one was closed.
    func closeIdle(keeping kept: Int) -> Bool {
        state.withLock { state in
            guard state.established > kept, let connection = state.idle.popLast() else { return false }
            state.vacant.append(connection.executor)
            return true
        }
    }
}
