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

    /// The pause before connecting in the place of a connection that has just been closed: the server takes a moment to
    /// end its session.
    private static let endOfSession: Duration = .milliseconds(10)
    /// The pause before connecting again where no other pool could leave a connection yet.
    private static let pause: Duration = .milliseconds(50)

    private let url: String
    private let setup: String
    /// One for each connection; it outlives a connection that breaks.
    package let threads: [ThreadExecutor]
    private let waiterLimit: Int
    private let retryTime: Duration
    private let share: ConnectionShare
    let rank: Int
    /// A lock and not an actor, because a waiter that is cancelled must be taken out at once.
    private let state: Mutex<State>

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
        share.join(self, rank: rank)
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
        let connection = try await acquire()
        state.withLock { $0.lent.append(connection) }
        let (result, isUsable) = await connection.lend(body)
        await release(connection, isUsable: isUsable)
        return try result.get()
    }

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
    package func hangUp(after limit: Duration) {
        for connection in state.withLock({ $0.lent }) { connection.hangUp(after: limit) }
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

    /// Whether so many connections are open, or are being opened.
    func hasOpened(_ count: Int) -> Bool { state.withLock { $0.open >= count } }

    /// Closes an idle connection if there are more than a number of connections.
    ///
    /// - Returns: Whether one was closed.
    func closeIdle(keeping kept: Int) -> Bool {
        state.withLock { state in
            guard state.open > kept, let connection = state.idle.popLast() else { return false }
            state.vacant.append(connection.executor)
            return true
        }
    }
}

// MARK: Acquiring

extension Pool {
    private func acquire() async throws -> Connection {
        var place = try await place()
        while true {
            switch place {
            case .connection(let connection): return connection
            case .thread(let thread):
                do {
                    return try await connect(on: thread)
                } catch Refusal.unreachable(let error) where state.withLock({ $0.open > 0 }) {
                    place = try await self.place(orThrow: error)
                }
            }
        }
    }

    private func connect(on thread: ThreadExecutor) async throws -> Connection {
        do {
            let connection = try await open(on: thread)
            state.withLock { $0.backOff.succeeded() }
            share.isServed(self)
            return connection
        } catch {
            guard let error = error as? PostgresError else {
                passOn(thread)
                throw error
            }
            giveUp(thread, after: error)
            throw Refusal.unreachable(error)
        }
    }

    /// Opens a connection, in the place of one of another pool if the limit is reached and this pool has none.
    private func open(on thread: ThreadExecutor) async throws -> Connection {
        let deadline = ContinuousClock.now + retryTime
        while true {
            do {
                return try await Connection.open(url, setup: setup, on: thread)
            } catch let error as PostgresError where error.state.isConnectionLimit {
                // The one that is being opened counts as open.
                guard ContinuousClock.now < deadline, state.withLock({ $0.open == 1 && !$0.isClosed }) else {
                    throw error
                }
                try await Task.sleep(for: share.makeRoom(for: self) ? Self.endOfSession : Self.pause)
            }
        }
    }

    /// Waits for one of the other connections, or for the place of one that broke, but not for long.
    private func place(orThrow error: PostgresError) async throws -> Place {
        let id = state.withLock { $0.nextWaiter() }
        return try await withThrowingTaskGroup { group in
            group.addTask { [self] in
                // Cancelled: the place was found.
                guard (try? await Task.sleep(for: retryTime)) != nil else { return }
                state.withLock { $0.removeWaiter(id) }?.resume(throwing: Refusal.unreachable(error))
            }
            defer { group.cancelAll() }
            return try await place(id)
        }
    }

    /// Takes an idle connection, or a thread for a new one, or waits for either.
    ///
    /// All of it under one lock, so that what comes back meanwhile finds the waiter.
    private func place(_ id: Int? = nil) async throws -> Place {
        let id = id ?? state.withLock { $0.nextWaiter() }
        let preferred = withUnsafeCurrentTask { $0?.unownedTaskExecutor }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Place, any Error>? = state.withLock { state in
                    do throws(Refusal) {
                        let mayOpen = state.open == 0 || !share.mustYield(self, open: state.open)
                        if let place = try state.take(preferring: preferred, mayOpen: mayOpen) {
                            return .success(place)
                        }
                    } catch {
                        return .failure(error)
                    }
                    // Cancelled before: the handler has run and found nobody.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.waiters.count >= waiterLimit { return .failure(Refusal.exhausted) }
                    state.waiters.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            state.withLock { $0.removeWaiter(id) }?.resume(throwing: CancellationError())
        }
    }
}

// MARK: Releasing

extension Pool {
    private func release(_ connection: Connection, isUsable: Bool) async {
        let mustYield = state.withLock { state in
            state.lent.removeAll { $0 === connection }
            return share.mustYield(self, open: state.open)
        }
        if isUsable && !mustYield {
            state.withLock { $0.give(connection) }?.resume(returning: .connection(connection))
            return
        }
        await connection.close()
        guard isUsable else {
            // Where one is gone the idle ones probably are too, and it costs little to connect anew.
            state.withLock { $0.dropIdle() }
            return passOn(connection.executor)
        }
        giveUp(connection.executor, after: .yielded)
    }

    /// Lets the first who waits connect in the place of a connection that broke.
    private func passOn(_ thread: ThreadExecutor) {
        let waiter = state.withLock { state in
            let waiter = state.firstWaiter()
            if waiter == nil { state.vacant.append(thread) }
            return waiter
        }
        waiter?.resume(returning: .thread(thread))
    }

    /// Refuses all who wait, when no connection is left that could come back to them.
    private func giveUp(_ thread: ThreadExecutor, after error: PostgresError) {
        let waiters = state.withLock { state in
            state.backOff.failed(error)
            state.vacant.append(thread)
            guard state.open == 0 else { return [] as [(id: Int, continuation: Continuation)] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Refusal.unreachable(error)) }
    }
}

extension PostgresError {
    /// A connection was closed for a pool that had none.
    fileprivate static let yielded = PostgresError(
        state: "53300",
        message: "the connections are too few, and this one was left to another pool"
    )
}
