extension Pool {
    typealias Continuation = CheckedContinuation<Place, any Error>

    /// The right to a connection.
    enum Place {
        case connection(Connection)
        /// Whoever gets it connects itself.
        case thread(ThreadExecutor)
    }

    struct State {
        var idle: [Connection] = []
        var lent: [Connection] = []
        /// The threads without a connection.
        var vacant: [ThreadExecutor]
        var waiters: [(id: Int, continuation: Continuation)] = []
        var isClosed = false
        var backOff = BackOff()
        /// Threads that open a connection, which may not come about, or close one.
        var busy = 0
        private var lastWaiter = 0
        private let size: Int

        init(vacant: [ThreadExecutor]) {
            self.vacant = vacant
            size = vacant.count
        }

        /// Connections that there are, or that are being opened or closed.
        var open: Int { size - vacant.count }
        /// Connections that there are.
        var established: Int { open - busy }

        /// Takes a place that is free, that of the preferred thread if possible.
        ///
        /// - Parameters:
        ///   - preferred: The executor of the task that asks.
        ///   - mayOpen: Whether there may be one connection more.
        /// - Returns: The place; nil when one of those that are lent has to be waited for.
        /// - Throws: `Refusal.closed`, and `Refusal.unreachable` when there is none and it is too early to connect.
        mutating func take(preferring preferred: UnownedTaskExecutor?, mayOpen: Bool) throws(Refusal) -> Place? {
            if isClosed { throw .closed }
            if let index = idle.firstIndex(where: { $0.executor.asUnownedTaskExecutor() == preferred }) {
                return .connection(idle.remove(at: index))
            }
            let error = backOff.refusal()
            let isOpening = mayOpen && error == nil
            let vacancy = vacant.firstIndex { $0.asUnownedTaskExecutor() == preferred }
            if isOpening, let vacancy { return open(on: vacant.remove(at: vacancy)) }
            if let connection = idle.popLast() { return .connection(connection) }
            if isOpening, !vacant.isEmpty { return open(on: vacant.removeFirst()) }
            if let error, open == 0 { throw .unreachable(error) }
            return nil
        }

        private mutating func open(on thread: ThreadExecutor) -> Place {
            busy += 1
            return .thread(thread)
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
