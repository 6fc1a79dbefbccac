import Files
import FoundationEssentials
import NIOCore
import NIOPosix
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// The file of a Unix socket that this process listens on, or is about to.
///
/// The file gets its name when clients may use it. A lock on a file beside it keeps a second server away, which would
/// otherwise take a socket for a stale one that is just being made; another program's socket is recognised by a
/// connection to it.
final class UnixSocketFile: Sendable {
    /// The reason that a path cannot be listened on.
    enum Failure: Error, CustomStringConvertible {
        case inUse(FilePath)
        case notASocket(FilePath)

        var description: String {
            switch self {
            case .inUse(let path): "another process listens on \(path)"
            case .notASocket(let path): "\(path) is there already, and no socket"
            }
        }
    }

    private let socket: UnixSocket
    private let lock: FileLock

    /// The path at which the socket is made.
    var newPath: String { "\(socket.path).new" }

    /// Takes a path, unless a process listens on it; a socket that nobody listens on may be there.
    ///
    /// - Throws: `Failure`, or the error of the system.
    init(_ socket: UnixSocket) async throws {
        self.socket = socket
        guard let lock = try FileLock(FilePath("\(socket.path).lock")) else { throw Failure.inUse(socket.path) }
        self.lock = lock
        try await Self.check(socket.path)
        Self.remove(newPath)
    }

    private static func check(_ path: FilePath) async throws {
        // Without the attributes of a file there is none, or making the socket will say why.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path.string) else { return }
        guard attributes[.type] as? FileAttributeType == .typeSocket else { throw Failure.notASocket(path) }
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: path.string).get()
        } catch let error as IOError where error.errnoCode == ECONNREFUSED {
            return
        }
        // The other process has the connection already; a failure to close it changes nothing.
        try? await channel.close()
        throw Failure.inUse(path)
    }

    /// Lets clients find the socket that was made at `newPath`.
    ///
    /// - Throws: `Errno`
    func publish() throws {
        // The names are passed for the duration of the calls.
        guard unsafe chmod(newPath, mode_t(socket.permissions.rawValue)) == 0,
            unsafe rename(newPath, socket.path.string) == 0
        else { throw Errno(rawValue: errno) }
    }

    /// Removes the socket, which nobody listens on any more.
    func remove() {
        Self.remove(socket.path.string)
        lock.unlock()
    }

    private static func remove(_ path: String) {
        // Without the file there is nothing to remove; one that stays is stale for the next start.
        _ = unsafe unlink(path)
    }
}
