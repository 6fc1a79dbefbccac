import Analytics

extension SpoolingStore {
    /// The destination of batches, the store or the spool, and the rules for its changes.
    struct State {
        enum Turn {
            case store
            case spool
            case wait
        }

        /// The most events of `allowance`.
        private static let burst = 10_000

        /// True if batches go to the spool, until everything in it has been delivered.
        private(set) var isSpooling: Bool
        /// True if the database has stored the last delivery.
        private var isDelivering = false
        /// The number of batches that are being appended to the spool.
        private var appending = 0
        /// The number of events that may be spooled while the spool is being delivered.
        private var allowance = 0
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(isSpooling: Bool) { self.isSpooling = isSpooling }

        /// The destination of a batch with a number of events.
        ///
        /// During a delivery the spool accepts half as many events as are delivered, so that the delivery ends.
        mutating func turn(events: Int) -> Turn {
            guard isSpooling else { return .store }
            if isDelivering {
                guard allowance >= min(events, Self.burst) else { return .wait }
                allowance -= events
            }
            appending += 1
            return .spool
        }

        /// Notes that the database did not store a batch, which is spooled now; returns true if it is the first one.
        mutating func beginSpooling() -> Bool {
            defer { isSpooling = true }
            appending += 1
            return !isSpooling
        }

        mutating func appended() { appending -= 1 }

        /// Adds a writer that waits for the next delivery; returns false if it need not wait.
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

        /// Notes that the database is away; returns the waiting writers.
        mutating func failed() -> [CheckedContinuation<Void, Never>] {
            isDelivering = false
            return takeWaiting()
        }

        /// Ends spooling and returns the waiting writers; returns nil if the spool is not empty, or will not be.
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
