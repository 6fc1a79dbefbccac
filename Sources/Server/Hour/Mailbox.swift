import Synchronization

/// What other threads want done on an event loop.
///
/// The loop is woken once for all that comes before it gets there.
final class Mailbox: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    /// Puts in something to do; true when the loop has to be woken.
    func put(_ work: @escaping @Sendable () -> Void) -> Bool {
        waiting.withLock { waiting in
            waiting.append(work)
            return waiting.count == 1
        }
    }

    /// Does all of it.
    func run() {
        let taken = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for work in taken { work() }
    }
}
