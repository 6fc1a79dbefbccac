extension Pool {
    typealias Continuation = CheckedContinuation<Place, any Error>

    /// A connection, or the permission to open one.
    enum Place {
        case connection(Connection)
        /// The thread on which the caller opens a connection.
        case thread(ThreadExecutor)
    }

    struct State {
        var idle: [Connection] = []
        var lent: [Connection] = []
        /// Threads without a connection.
        var vacant: [ThreadExecutor]
        var waiters: [(id: Int, continuation: Continuation)] = []
        var isClosed = false
        var backOff = BackOff()
        /// The number of threads that are opening or closing a connection.
        var busy = 0
        private var lastWaiter = 0
        private let size: Int

        init(vacant: [ThreadExecutor]) {
            self.vacant = vacant
            size = vacant.count
        }

        /// The number of connections, those being opened or closed included.
        var open: Int { size - vacant.count }
        /// The number of established connections.
        var established: Int { open - busy }

        /// Takes a free place, that of the preferred thread if possible.
        ///
        /// - Parameters:
        ///   - preferred: The executor that the calling task prefers.
        ///   - mayOpen: True if another connection may be opened.
        /// - Returns: The place; nil if the caller has to wait for a lent connection.
        /// - Throws: `Refusal.closed`; `Refusal.unreachable` if there is no connection and it is too early to connect.
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

        /// Takes a connection back; returns the first waiter, if any, which gets it.
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
