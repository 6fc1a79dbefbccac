import CPostgres
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The right to cancel what a connection is doing.
///
/// `PQcancel` stops whatever the connection runs, so each statement takes a ticket, and a ticket that is no longer the
/// current one cancels nothing. The lock is held during `PQcancel`: a statement that ends meanwhile waits until
/// the server has had the message, so it cannot hit the next one.
///
/// `@unchecked Sendable`: libpq documents `PQcancel` as safe from any thread; the pointer is freed with the last user.
final class Cancellation: @unchecked Sendable {
    private struct Tickets {
        var last = 0
        var current: Int?
    }

    private let raw: OpaquePointer?
    private let tickets = Mutex(Tickets())
    /// `PQcancel` opens a connection and waits for it, which no thread of the cooperative pool should do.
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

    /// Cancels the statement with this ticket soon, from a thread of its own.
    ///
    /// The server forgets a cancellation that reaches it before the statement does, so it is sent again until the
    /// statement has ended.
    func cancel(_ ticket: Int) {
        Self.thread.submit { [self] in
            let isCurrent = tickets.withLock { tickets in
                guard tickets.current == ticket else { return false }
                var reason = [CChar](repeating: 0, count: 256)
                // A cancellation that does not get through is no error: statement_timeout ends the statement.
                _ = PQcancel(raw, &reason, Int32(reason.count))
                return true
            }
            guard isCurrent else { return }
            usleep(5_000)
            // Behind those of other connections.
            cancel(ticket)
        }
    }
}
