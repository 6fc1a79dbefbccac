import ServiceLifecycle
import Synchronization

/// Lends connections of one kind, at most `size` at a time.
///
/// Who comes when all are lent waits in order; who comes when too many wait is refused. A connection that broke is
/// replaced when it is next needed; while the database cannot be reached, attempts are made at growing intervals,
/// and requests between them are refused at once instead of waiting.
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
    private let size: Int
    private let waiterLimit: Int
    /// A lock and not an actor, because a waiter that is cancelled must be taken out at once.
    private let state = Mutex(State())

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - setup: Statements that each new session begins with.
    ///   - size: How many connections there are at most.
    ///   - waiters: How many may wait for one.
    package init(url: String, setup: String = "", size: Int, waiters: Int = 1_000) {
        self.url = url
        self.setup = setup
        self.size = size
        self.waiterLimit = waiters
    }

    /// Lends a connection for the duration of `body`.
    package func withConnection<R: Sendable>(_ body: @Sendable (Connection) async throws -> R) async throws -> R {
        let connection = try await acquire()
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

    package func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            state.idle = []
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Refusal.closed) }
    }

    private func acquire() async throws -> Connection {
        // Who is given no connection has a place for one, and connects itself.
        if let connection = try await place() { connection } else { try await connect() }
    }

    private func connect() async throws -> Connection {
        do {
            let connection = try await Connection.open(url, setup: setup)
            state.withLock { $0.backOff.succeeded() }
            return connection
        } catch {
            guard let error = error as? PostgresError else {
                passPlaceOn()
                throw error
            }
            giveUpPlace(after: error)
            throw Refusal.unreachable(error)
        }
    }

    /// Takes an idle connection, or a place for a new one, or waits for either.
    ///
    /// All of it under one lock, so that what comes back meanwhile finds the waiter.
    private func place() async throws -> Connection? {
        let id = state.withLock { $0.nextWaiter() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Connection?, any Error>? = state.withLock { state in
                    do throws(Refusal) {
                        switch try state.take(size: size) {
                        case .lend(let connection): return .success(connection)
                        case .connect: return .success(nil)
                        case .wait: break
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

    private func release(_ connection: Connection, isUsable: Bool) async {
        guard isUsable else {
            await connection.close()
            // Where one is gone the idle ones probably are too, and it costs little to connect anew.
            state.withLock { state in
                state.open -= state.idle.count
                state.idle = []
            }
            return passPlaceOn()
        }
        state.withLock { $0.give(connection) }?.resume(returning: connection)
    }

    /// Lets the first who waits connect in the place of a connection that broke.
    private func passPlaceOn() {
        let waiter = state.withLock { state in
            let waiter = state.firstWaiter()
            if waiter == nil { state.open -= 1 }
            return waiter
        }
        waiter?.resume(returning: nil)
    }

    /// Refuses all who wait, when no connection is left that could come back to them.
    private func giveUpPlace(after error: PostgresError) {
        let waiters = state.withLock { state in
            state.backOff.failed(error)
            state.open -= 1
            guard state.open == 0 else { return [] as [(id: Int, continuation: Continuation)] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Refusal.unreachable(error)) }
    }
}

extension Pool {
    fileprivate typealias Continuation = CheckedContinuation<Connection?, any Error>

    fileprivate enum Step {
        case lend(Connection)
        case connect
        case wait
    }

    fileprivate struct State {
        var idle: [Connection] = []
        /// Lent, idle and being connected.
        var open = 0
        var waiters: [(id: Int, continuation: Continuation)] = []
        var lastWaiter = 0
        var isClosed = false
        var backOff = BackOff()

        mutating func take(size: Int) throws(Refusal) -> Step {
            if isClosed { throw .closed }
            if let connection = idle.popLast() { return .lend(connection) }
            if open >= size { return .wait }
            if let error = backOff.refusal() { throw .unreachable(error) }
            open += 1
            return .connect
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
            if isClosed { open -= 1 } else { idle.append(connection) }
            return nil
        }
    }
}
