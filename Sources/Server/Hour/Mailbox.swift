import Synchronization

/// A queue of work from other threads for an event loop.
///
/// The loop is woken once for all work that is added before it runs.
final class Mailbox: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    /// Adds work; returns true if the loop has to be woken.
    func put(_ work: @escaping @Sendable () -> Void) -> Bool {
        waiting.withLock { waiting in
            waiting.append(work)
            return waiting.count == 1
        }
    }

    /// Runs all work in the queue.
    func run() {
        let taken = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for work in taken { work() }
    }
}
