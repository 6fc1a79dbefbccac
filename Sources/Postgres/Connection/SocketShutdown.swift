import CPostgres

#if canImport(Glibc)
    import Glibc
#endif

/// Shuts a connection's socket down from any thread, even while the connection's own thread is blocked in libpq.
///
/// It has its own duplicate of the descriptor: libpq may close the original at any time, and the number may be reused.
final class SocketShutdown: Sendable {
    private let socket: Int32

    init(_ handle: borrowing Handle) {
        // Out of descriptors: -1, and `shutDown` does nothing. The connection then ends by its own timeouts.
        socket = fcntl(PQsocket(handle.raw), F_DUPFD_CLOEXEC, 0)
    }

    deinit { close(socket) }

    /// Ends the connection; to libpq it looks as if the server had closed it.
    func shutDown() { shutdown(socket, Int32(SHUT_RDWR)) }
}
