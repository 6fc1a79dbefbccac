import FoundationEssentials
import SystemPackage

/// A file in which PostgreSQL notes its process id, so that no second one starts.
///
/// A crash leaves it behind, and later the id may be that of another process: then PostgreSQL refuses to start if that
/// runs as the same user, as it does in a container, where ids begin anew with each start.
struct LockFile {
    /// The process that bears the id in a lock file.
    enum Owner: Equatable {
        /// No process, or one that has ended and that nobody has waited for.
        case nobody
        /// PostgreSQL, on the data directory in question.
        case postgres
        /// Any other program, and PostgreSQL on another data directory.
        case another
        /// PostgreSQL, and the operating system does not let it be seen on which directory.
        case unknown
    }

    let path: FilePath

    init(_ path: FilePath) {
        self.path = path
    }

    /// The kind of process that the file names, seen from a data directory.
    func owner(of data: FilePath) -> Owner {
        guard let contents else { return .nobody }
        let line = String(decoding: contents.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return Int32(line).map { Self.owner(process: $0, of: data) } ?? .nobody
    }

    /// True while PostgreSQL says in `postmaster.pid` that it is starting or stopping.
    var isChanging: Bool {
        guard let contents else { return false }
        // The eighth line, once it is there (PostgreSQL, `utils/pidfile.h`).
        let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 7 ? ["starting", "stopping"].contains { lines[7].hasPrefix($0) } : true
    }

    /// Makes PostgreSQL take the file for that of a process which has ended, unless it may be its own.
    ///
    /// Only the process id is replaced. The rest stays, for by the shared memory that it names PostgreSQL sees whether
    /// children of the process before are still at work. Call it under the lock of the directory.
    func release(unlessBy data: FilePath) throws {
        guard let contents, owner(of: data) == .another else { return }
        // No process has this id: the kernel's limit is 4 194 304. It is longer than the one before, so that the file
        // is complete at every moment.
        let noProcess = Array("\(Int32.max)".utf8)
        let rest = contents.drop { $0 != UInt8(ascii: "\n") }
        let file = try FileDescriptor.open(path, .writeOnly)
        _ = try file.closeAfter { try file.writeAll(noProcess + rest) }
    }

    private var contents: Data? {
        // No such file: PostgreSQL has stopped in order, or never ran.
        try? Data(contentsOf: URL(filePath: path.string))
    }

    private static func owner(process id: Int32, of data: FilePath) -> Owner {
        // No such process.
        guard id > 0, let line = try? Data(contentsOf: URL(filePath: "/proc/\(id)/cmdline")) else { return .nobody }
        // A process that has ended has no command line; yet its id is taken until somebody waits for it.
        guard !line.isEmpty else { return .another }
        let arguments = line.split(separator: 0).map { FilePath(String(decoding: $0, as: UTF8.self)) }
        guard isPostgres(id, arguments) else { return .another }
        let own = Directory(data)
        // Readable for the same user, and for root unless a container has taken that right away.
        if let current = Directory(FilePath("/proc/\(id)/cwd")) { return current == own ? .postgres : .another }
        let named = arguments.filter(\.isAbsolute).compactMap(Directory.init)
        if named.contains(where: { $0 == own }) { return .postgres }
        return named.isEmpty ? .unknown : .another
    }

    /// Also of its children, whose command line is a title such as `postgres: checkpointer`.
    private static func isPostgres(_ id: Int32, _ arguments: [FilePath]) -> Bool {
        // Gone meanwhile: then the arguments tell.
        let name = (try? Data(contentsOf: URL(filePath: "/proc/\(id)/comm"))) ?? Data()
        return name == Data("postgres\n".utf8)
            || arguments.contains { $0.string.hasPrefix("postgres:") || $0.lastComponent?.string == "postgres" }
    }

    /// A directory by its number in the file system, in whichever way and over whichever links its path leads there.
    private struct Directory: Equatable {
        private let device: String
        private let number: String

        init?(_ path: FilePath) {
            // The dot follows a link. No such directory, or not for us to look at.
            let attributes = try? FileManager.default.attributesOfItem(atPath: path.string + "/.")
            guard let device = attributes?[.systemNumber], let number = attributes?[.systemFileNumber] else {
                return nil
            }
            // As text, for they are numbers of different types.
            (self.device, self.number) = ("\(device)", "\(number)")
        }
    }
}
