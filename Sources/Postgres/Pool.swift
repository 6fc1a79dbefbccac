import ServiceLifecycle
import Synchronization

/// Lends connections of one kind, at most `size` at a time.
///
/// Who comes when all are lent waits in order; who comes when too many wait is refused. A connection that broke is
/// replaced when it is next needed; while the database cannot be reached, attempts are made at growing intervals,
/// and requests between them are refused at once instead of waiting.
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

    private let url: String
    private let setup: String
    /// One for each connection; it outlives a connection that breaks.
    package let threads: [ThreadExecutor]
    private let waiterLimit: Int
    /// A lock and not an actor, because a waiter that is cancelled must be taken out at once.
    private let state: Mutex<State>

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - setup: Statements that each new session begins with.
    ///   - size: How many connections there are at most.
    ///   - waiters: How many may wait for one.
    package init(url: String, setup: String = "", size: Int, waiters: Int = 1_000) {
        self.url = url
        self.setup = setup
        self.threads = (0..<size).map { _ in ThreadExecutor() }
        self.waiterLimit = waiters
        self.state = Mutex(State(vacant: threads))
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

    private func acquire() async throws -> Connection {
        switch try await place() {
        case .connection(let connection): connection
        case .thread(let thread): try await connect(on: thread)
        }
    }

    private func connect(on thread: ThreadExecutor) async throws -> Connection {
        do {
            let connection = try await Connection.open(url, setup: setup, on: thread)
            state.withLock { $0.backOff.succeeded() }
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

    /// Takes an idle connection, or a thread for a new one, or waits for either.
    ///
    /// All of it under one lock, so that what comes back meanwhile finds the waiter.
    private func place() async throws -> Place {
        let id = state.withLock { $0.nextWaiter() }
        let preferred = withUnsafeCurrentTask { $0?.unownedTaskExecutor }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Place, any Error>? = state.withLock { state in
                    do throws(Refusal) {
                        if let place = try state.take(preferring: preferred) { return .success(place) }
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

    private func release(_ connection: Connection, isUsable: Bool) async {
        state.withLock { state in state.lent.removeAll { $0 === connection } }
        guard isUsable else {
            await connection.close()
            // Where one is gone the idle ones probably are too, and it costs little to connect anew.
            state.withLock { $0.dropIdle() }
            return passOn(connection.executor)
        }
        state.withLock { $0.give(connection) }?.resume(returning: .connection(connection))
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
            guard state.vacant.count == threads.count else { return [] as [(id: Int, continuation: Continuation)] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Refusal.unreachable(error)) }
    }
}

extension Pool {
    fileprivate typealias Continuation = CheckedContinuation<Place, any Error>

    /// What somebody gets who wants a connection.
    fileprivate enum Place {
        case connection(Connection)
        /// Whoever gets it connects itself.
        case thread(ThreadExecutor)
    }

    fileprivate struct State {
        var idle: [Connection] = []
        var lent: [Connection] = []
        /// The threads without a connection.
        var vacant: [ThreadExecutor]
        var waiters: [(id: Int, continuation: Continuation)] = []
        var lastWaiter = 0
        var isClosed = false
        var backOff = BackOff()

        init(vacant: [ThreadExecutor]) {
            self.vacant = vacant
        }

        /// A place that is free, and the one of the preferred thread if it is; nil when all are lent.
        mutating func take(preferring preferred: UnownedTaskExecutor?) throws(Refusal) -> Place? {
            if isClosed { throw .closed }
            if let index = idle.firstIndex(where: { $0.executor.asUnownedTaskExecutor() == preferred }) {
                return .connection(idle.remove(at: index))
            }
            let vacancy = vacant.firstIndex { $0.asUnownedTaskExecutor() == preferred }
            if vacancy == nil, let connection = idle.popLast() { return .connection(connection) }
            guard !vacant.isEmpty else { return nil }
            if let error = backOff.refusal() { throw .unreachable(error) }
            return .thread(vacant.remove(at: vacancy ?? 0))
        }

        mutating func nextWaiter() -> Int {
            lastWaiter += 1
            return lastWaiter
        }

        mutating func removeWaiter(_ id: Int) -> Continuation? {
            waiters.firstIndex { $0.id == id }.map { waiters.remove(at: $0).continuation }
        }

        mutating func firstWaiter() -> Continuation? {
            waiters.isEmpty ? nil : waiters.removeFirst().continuation
        }

        /// Takes a connection back; returns the waiter that gets it.
        mutating func give(_ connection: Connection) -> Continuation? {
            if let waiter = firstWaiter() { return waiter }
            if isClosed { vacant.append(connection.executor) } else { idle.append(connection) }
            return nil
        }

        mutating func dropIdle() {
            vacant += idle.map(\.executor)
            idle = []
        }
    }
}
