import Synchronization

extension Pool {
    func release(_ connection: Connection, isUsable: Bool) async {
        let isKept = state.withLock { state in
            state.lent.removeAll { $0 === connection }
            let isKept = isUsable && !share.mustYield(self, open: state.established)
            // Counted before the lock is left, so that two connections returned together are not both given up.
            if !isKept { state.busy += 1 }
            return isKept
        }
        if isKept {
            state.withLock { $0.give(connection) }?.resume(returning: .connection(connection))
            return
        }
        await connection.close()
        guard isUsable else {
            // If one is lost the idle ones probably are too, and reconnecting is cheap.
            state.withLock { $0.dropIdle() }
            return passOn(connection.executor)
        }
        giveUp(connection.executor, after: .yielded)
    }

    /// Gives the place of a lost connection to the first waiter, which opens a new one.
    func passOn(_ thread: ThreadExecutor) {
        let waiter = state.withLock { state in
            let waiter = state.firstWaiter()
            if waiter == nil {
                state.vacant.append(thread)
                state.busy -= 1
            }
            return waiter
        }
        waiter?.resume(returning: .thread(thread))
    }

    /// Frees the place of a connection; refuses all waiters if no connection is left that could be returned to them.
    func giveUp(_ thread: ThreadExecutor, after error: PostgresError) {
        let waiters = state.withLock { state in
            state.backOff.failed(error)
            state.vacant.append(thread)
            state.busy -= 1
            guard state.open == 0 else { return [] as [(id: Int, continuation: Continuation)] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Refusal.unreachable(error)) }
    }
}

extension PostgresError {
    /// A connection was closed in favour of a pool that had none.
    fileprivate static let yielded = PostgresError(
        state: "53300",
        message: "the connection limit is reached, and this connection was given up to another pool"
    )
}
