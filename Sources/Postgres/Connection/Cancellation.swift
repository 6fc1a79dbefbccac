import CPostgres
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Cancels the running statement of a connection, from any thread.
///
/// `PQcancel` stops whatever the connection runs, so each statement takes a ticket, and an outdated ticket cancels
/// nothing. The lock is held during `PQcancel`: a statement that ends meanwhile waits until the server has received the
/// request, so it cannot hit the next statement.
///
/// `@unchecked Sendable`: libpq documents `PQcancel` as thread-safe; the pointer is freed with the last reference.
final class Cancellation: @unchecked Sendable {
    private struct Tickets {
        var last = 0
        var current: Int?
    }

    private let raw: OpaquePointer?
    private let tickets = Mutex(Tickets())
    /// `PQcancel` blocks while it connects, which no thread of the cooperative pool may do.
    private static let thread = ThreadExecutor()

    init(_ handle: borrowing Handle) {
        self.raw = PQgetCancel(handle.raw)
    }

    deinit { PQfreeCancel(raw) }

    func begin() -> Int {
        tickets.withLock { tickets in
            tickets.last += 1
            tickets.current = tickets.last
            return tickets.last
        }
    }

    func end() {
        tickets.withLock { $0.current = nil }
    }

    /// Cancels the statement with this ticket, asynchronously.
    ///
    /// The server ignores a cancellation that arrives before the statement, so it is repeated until the statement ends.
    func cancel(_ ticket: Int) {
        Self.thread.submit { [self] in
            let isCurrent = tickets.withLock { tickets in
                guard tickets.current == ticket else { return false }
                var reason = [CChar](repeating: 0, count: 256)
                // A failed cancellation is not reported: statement_timeout ends the statement.
                _ = PQcancel(raw, &reason, Int32(reason.count))
                return true
            }
            guard isCurrent else { return }
            usleep(5_000)
            // Queued behind the cancellations of other connections.
            cancel(ticket)
        }
    }
}
