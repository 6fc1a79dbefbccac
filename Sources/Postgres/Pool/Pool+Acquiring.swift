import Synchronization

extension Pool {
    /// The pause before connecting in place of a connection that was just closed: the server needs time to end its session.
    private static let endOfSession: Duration = .milliseconds(10)
    /// The pause before the next attempt while no other pool could give up a connection.
    private static let pause: Duration = .milliseconds(50)

    func acquire() async throws -> Connection {
        // After a failure the wait is limited: the other connections may be lent for any length of time.
        let failure = state.withLock { $0.backOff.refusal() }
        var place = if let failure { try await place(orThrow: failure) } else { try await place() }
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
            state.withLock { state in
                state.busy -= 1
                state.backOff.succeeded()
            }
            share.noteServed(self)
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
                // `open` includes the connection that is being opened.
                guard ContinuousClock.now < deadline, state.withLock({ $0.open == 1 && !$0.isClosed }) else {
                    throw error
                }
                try await Task.sleep(for: share.makeRoom(for: self) ? Self.endOfSession : Self.pause)
            }
        }
    }

    /// Waits for one of the other connections, or for the place of a lost one, for at most `retryTime`.
    private func place(orThrow error: PostgresError) async throws -> Place {
        let id = state.withLock { $0.nextWaiter() }
        return try await withThrowingTaskGroup { group in
            group.addTask { [self] in
                // Cancelled: a place was found in time.
                guard (try? await Task.sleep(for: retryTime)) != nil else { return }
                state.withLock { $0.removeWaiter(id) }?.resume(throwing: Refusal.unreachable(error))
            }
            defer { group.cancelAll() }
            return try await place(id)
        }
    }

    /// Takes an idle connection or a thread for a new one, or waits for either.
    ///
    /// Checking and queueing happen under one lock, so that a connection returned meanwhile is not missed.
    private func place(_ id: Int? = nil) async throws -> Place {
        let id = id ?? state.withLock { $0.nextWaiter() }
        let preferred = withUnsafeCurrentTask { $0?.unownedTaskExecutor }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Place, any Error>? = state.withLock { state in
                    do throws(Refusal) {
                        let mayOpen = state.open == 0 || !share.mustYield(self, open: state.open + 1)
                        if let place = try state.take(preferring: preferred, mayOpen: mayOpen) {
                            return .success(place)
                        }
                    } catch {
                        return .failure(error)
                    }
                    // Cancelled before the waiter was queued: the handler has run and found none.
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
