package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// The service manager that started this process and waits for its messages: systemd, by sd_notify(3).
package struct ServiceManager: Sendable, Equatable {
    /// A message about the state of the service.
    package enum Message: Sendable, Equatable {
        /// It serves; with a line for `systemctl status`.
        case ready(status: String)
        case stopping
        /// It is alive.
        case alive

        var text: String {
            switch self {
            // A newline would begin another assignment.
            case .ready(let status): "READY=1\nSTATUS=\(status.filter { !$0.isNewline })"
            case .stopping: "STOPPING=1\nSTATUS="
            case .alive: "WATCHDOG=1"
            }
        }
    }

    /// The variables by which it tells a process its socket, the watchdog and inherited sockets; none is meant for the
    /// process's own children.
    private static let variables = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES",
    ]

    /// The path of its socket, or a name with `@` in front.
    private let socket: String
    /// The time after which it ends a process that has sent no `alive`; nil without a watchdog.
    package let watchdog: Duration?

    /// Finds the service manager; nil without one.
    ///
    /// - Parameters:
    ///   - environment: The variables of the process.
    ///   - process: The process's own id.
    package init?(_ environment: [String: String], process: Int32) {
        guard let socket = environment["NOTIFY_SOCKET"], socket.hasPrefix("/") || socket.hasPrefix("@") else {
            return nil
        }
        self.socket = socket
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(process)" } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdog = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Removes the variables from the environment, before the first child process.
    ///
    /// `unsetenv(3)` is not safe while another thread calls `getenv(3)`.
    package static func forget() {
        // The names are passed for the duration of the calls.
        for name in variables { unsafe unsetenv(name) }
    }

    /// Sends a message.
    ///
    /// - Throws: `Errno`, if nobody listens.
    package func send(_ message: Message) throws(Errno) {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        // There is nothing to lose with a socket for datagrams.
        defer { _ = close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(socket.utf8)
        // A name that is no path begins with a zero byte.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard name.count < room else { throw .fileNameTooLong }
        // The name fits, as checked above.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - room + name.count)
        let text = Array(message.text.utf8)
        // The address and the text are passed for the duration of the call.
        let sent = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), address, length)
            }
        }
        guard sent == text.count else { throw Errno(rawValue: errno) }
    }
}
