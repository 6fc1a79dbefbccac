import CPostgres

#if canImport(Glibc)
    import Glibc
#endif

/// The right to end a connection while its own thread waits for the server.
///
/// It has a descriptor of its own for the socket: libpq may close the other at any time, and the number be used again.
final class SocketShutdown: Sendable {
    private let socket: Int32

    init(_ handle: borrowing Handle) {
        // Where there is none left, the connection cannot be ended from outside, which is as before.
        socket = fcntl(PQsocket(handle.raw), F_DUPFD_CLOEXEC, 0)
    }

    deinit { close(socket) }

    /// To libpq it looks as if the server had closed the connection.
    func shutDown() { shutdown(socket, Int32(SHUT_RDWR)) }
}
