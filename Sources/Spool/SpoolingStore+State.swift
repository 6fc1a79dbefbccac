import Analytics

extension SpoolingStore {
    /// Where batches go, and the rules of when that changes.
    struct State {
        enum Turn {
            case store
            case spool
            case wait
        }

        /// What may be spooled at once while the spool is being delivered.
        private static let burst = 10_000

        /// Whether batches go to the spool: until everything in it has been delivered.
        private(set) var isSpooling: Bool
        /// Whether the database takes what is spooled.
        private var isDelivering = false
        /// Batches that are on their way into the spool.
        private var appending = 0
        /// Events that may be spooled while the spool is being delivered.
        private var allowance = 0
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(isSpooling: Bool) { self.isSpooling = isSpooling }

        /// Where a batch of so many events goes now.
        ///
        /// While the spool is being delivered half as much is taken as is delivered, so that there is an end to it.
        mutating func turn(events: Int) -> Turn {
            guard isSpooling else { return .store }
            if isDelivering {
                guard allowance >= min(events, Self.burst) else { return .wait }
                allowance -= events
            }
            appending += 1
            return .spool
        }

        /// The database has not taken a batch, which goes into the spool now; true when it is the first one.
        mutating func beginSpooling() -> Bool {
            defer { isSpooling = true }
            appending += 1
            return !isSpooling
        }

        mutating func appended() { appending -= 1 }

        /// Leaves somebody waiting for the next change; false when there has been one.
        mutating func wait(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
            guard isSpooling, isDelivering else { return false }
            waiting.append(continuation)
            return true
        }

        mutating func delivered(events: Int) -> [CheckedContinuation<Void, Never>] {
            isDelivering = true
            allowance = min(allowance + events / 2, Self.burst)
            return takeWaiting()
        }

        /// The database is away.
        mutating func failed() -> [CheckedContinuation<Void, Never>] {
            isDelivering = false
            return takeWaiting()
        }

        /// Everything has been delivered, if the spool is empty; nil when something is about to be spooled.
        mutating func drained(_ isEmpty: () -> Bool) -> [CheckedContinuation<Void, Never>]? {
            guard appending == 0, isEmpty() else { return nil }
            isSpooling = false
            isDelivering = false
            allowance = 0
            return takeWaiting()
        }

        private mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
            defer { waiting = [] }
            return waiting
        }
    }
}
