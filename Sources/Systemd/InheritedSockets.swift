import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// The listening sockets that the service manager has opened for this process (sd_listen_fds(3)).
package enum InheritedSockets {
    /// A descriptor that cannot be listened on.
    package struct Unusable: Error, Equatable, CustomStringConvertible {
        package let descriptor: CInt
        package let reason: String

        package var description: String { "the inherited descriptor \(descriptor) \(reason)" }
    }

    /// The first inherited descriptor.
    private static let first: CInt = 3
    /// The most sockets, far more than anybody uses.
    private static let limit = 64

    /// Finds the sockets, and keeps them from the children of the process.
    ///
    /// - Parameters:
    ///   - environment: The variables of the process.
    ///   - process: The process's own id: the variables may be meant for its parent.
    /// - Returns: Their descriptors, which the caller owns; none without a service manager.
    /// - Throws: `Unusable`
    package static func find(_ environment: [String: String], process: Int32) throws(Unusable) -> [CInt] {
        guard environment["LISTEN_PID"] == "\(process)", let count = environment["LISTEN_FDS"].flatMap({ Int($0) }),
            count > 0
        else { return [] }
        let descriptors = (0..<CInt(min(count, limit))).map { first + $0 }
        for descriptor in descriptors {
            guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
                throw Unusable(descriptor: descriptor, reason: "is not open")
            }
            guard option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue),
                option(SO_ACCEPTCONN, of: descriptor) == 1
            else { throw Unusable(descriptor: descriptor, reason: "is no listening stream socket") }
        }
        return descriptors
    }

    /// An option of a socket; nil of anything else.
    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var (value, length) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
        // Both are passed for the duration of the call.
        guard unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 else { return nil }
        return value
    }
}
