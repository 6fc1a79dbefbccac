import Synchronization

extension Pool {
    func release(_ connection: Connection, isUsable: Bool) async {
        let isKept = state.withLock { state in
            state.lent.removeAll { $0 === connection }
            let isKept = isUsable && !share.mustYield(self, open: state.established)
            // Two that come back together are not both left to the other pool.
            if !isKept { state.busy += 1 }
            return isKept
        }
        if isKept {
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

    /// Refuses all who wait, when no connection is left that could come back to them.
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
    /// A connection was closed for a pool that had none.
    fileprivate static let yielded = PostgresError(
        state: "53300",
        message: "the connections are too few, and this one was left to another pool"
    )
}
