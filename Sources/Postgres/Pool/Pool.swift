import ServiceLifecycle
import Synchronization

/// Lends connections of one kind, at most `size` at a time.
///
/// Who comes when all are lent waits in order; who comes when too many wait is refused. A connection that broke is
/// replaced when it is next needed. When one cannot be opened the others are lent in its place; while there is none at
/// all, attempts are made at growing intervals, and requests between them are refused at once instead of waiting.
///
/// A task that prefers one of `threads` is lent the connection of that thread whenever it is free.
package final class Pool: Service {
    /// Why no connection was lent.
    package enum Refusal: Error {
        /// Too many wait already.
        case exhausted
        /// The pool has been shut down.
        case closed
        /// The database could not be reached, the last time that it was tried.
        case unreachable(PostgresError)
    }

    let url: String
    let setup: String
    /// One for each connection; it outlives a connection that breaks.
    package let threads: [ThreadExecutor]
    let waiterLimit: Int
    let retryTime: Duration
    let share: ConnectionShare
    let rank: Int
    /// A lock and not an actor, because a waiter that is cancelled must be taken out at once.
    let state: Mutex<State>

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - setup: Statements that each new session begins with.
    ///   - size: How many connections there are at most.
    ///   - waiters: How many may wait for one.
    ///   - retryTime: How long to wait for one of the other connections when one cannot be opened.
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

    /// Makes a pool of other sessions with the same server, whose limit on connections counts both together.
    ///
    /// - Parameters:
    ///   - setup: Statements that each new session begins with.
    ///   - size: How many connections there are at most.
    ///   - waiters: How many may wait for one.
    ///   - rank: The place among the pools; the least is served first.
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
        // The server ends each session as soon as it has begun.
        throw Refusal.unreachable(.closed)
    }

    /// True if another pool waits for a connection of this one: a task that has it for long should give it back.
    package var mustYield: Bool { share.mustYield(self, open: state.withLock { $0.established }) }

    /// Waits for the shutdown, then closes what is not lent; the others close when they come back.
    package func run() async throws {
        // Being cancelled instead means the same.
        try? await gracefulShutdown()
        close()
    }

    /// Ends the connections whose server has left a call without an answer for longer than a limit, as one does that has
    /// been stopped and keeps its connections.
    ///
    /// A thread that waits in libpq cannot do that itself.
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

    /// Closes an idle connection if there are more than a number of connections.
    ///
    /// - Returns: Whether one was closed.
    func closeIdle(keeping kept: Int) -> Bool {
        state.withLock { state in
            guard state.established > kept, let connection = state.idle.popLast() else { return false }
            state.vacant.append(connection.executor)
            return true
        }
    }
}
