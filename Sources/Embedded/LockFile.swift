import FoundationEssentials
import SystemPackage

/// A lock file with PostgreSQL's process id, which keeps a second one from starting.
///
/// After a crash the file remains, and its id may later belong to another process. If that runs as the same user, as in a
/// container, where ids start anew each time, PostgreSQL refuses to start.
struct LockFile {
    /// The process with the id in a lock file.
    enum Owner: Equatable {
        /// No process, or one that has ended and that nobody has waited for.
        case nobody
        /// PostgreSQL on the data directory in question.
        case postgres
        /// Any other program, and PostgreSQL on another data directory.
        case another
        /// PostgreSQL on a data directory that this process may not see.
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
        // The eighth line, written last (PostgreSQL, `utils/pidfile.h`).
        let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 7 ? ["starting", "stopping"].contains { lines[7].hasPrefix($0) } : true
    }

    /// The port in `postmaster.pid`; nil while PostgreSQL does not run.
    var port: Int? {
        guard let contents else { return nil }
        // The fourth line (PostgreSQL, `utils/pidfile.h`).
        let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 3 ? Int(lines[3]) : nil
    }

    /// Replaces the process id in the file by an unused one, if it belongs to a process other than PostgreSQL.
    ///
    /// PostgreSQL then takes the file for that of an ended process. The rest is kept: by the shared memory that it names
    /// PostgreSQL detects children of the former process. Call this under the lock of the directory.
    func release(unlessBy data: FilePath) throws {
        guard let contents, owner(of: data) == .another else { return }
        // Above the kernel's largest process id, 4 194 304. No id has more digits, so the file is overwritten completely.
        let noProcess = Array("\(Int32.max)".utf8)
        let rest = contents.drop { $0 != UInt8(ascii: "\n") }
        let file = try FileDescriptor.open(path, .writeOnly)
        _ = try file.closeAfter { try file.writeAll(noProcess + rest) }
    }

    private var contents: Data? {
        // No such file: PostgreSQL was shut down cleanly, or never ran.
        try? Data(contentsOf: URL(filePath: path.string))
    }

    private static func owner(process id: Int32, of data: FilePath) -> Owner {
        // No such process.
        guard id > 0, let line = try? Data(contentsOf: URL(filePath: "/proc/\(id)/cmdline")) else { return .nobody }
        // A zombie has no command line, and its id stays in use until its parent reaps it.
        guard !line.isEmpty else { return .another }
        let arguments = line.split(separator: 0).map { FilePath(String(decoding: $0, as: UTF8.self)) }
        guard isPostgres(id, arguments) else { return .another }
        let own = Directory(data)
        // Readable for the same user, and for root unless a container lacks that capability.
        if let current = Directory(FilePath("/proc/\(id)/cwd")) { return current == own ? .postgres : .another }
        let named = arguments.filter(\.isAbsolute).compactMap(Directory.init)
        if named.contains(where: { $0 == own }) { return .postgres }
        return named.isEmpty ? .unknown : .another
    }

    /// True for PostgreSQL and for its children, whose command line is a title such as `postgres: checkpointer`.
    private static func isPostgres(_ id: Int32, _ arguments: [FilePath]) -> Bool {
        // If the process has ended meanwhile, the arguments decide.
        let name = (try? Data(contentsOf: URL(filePath: "/proc/\(id)/comm"))) ?? Data()
        return name == Data("postgres\n".utf8)
            || arguments.contains { $0.string.hasPrefix("postgres:") || $0.lastComponent?.string == "postgres" }
    }

    /// The identity of a directory: device and inode number, independent of path and links.
    private struct Directory: Equatable {
        private let device: String
        private let number: String

        init?(_ path: FilePath) {
            // The dot follows a link. nil: no such directory, or no permission.
            let attributes = try? FileManager.default.attributesOfItem(atPath: path.string + "/.")
            guard let device = attributes?[.systemNumber], let number = attributes?[.systemFileNumber] else {
                return nil
            }
            // As text, because the numbers are of different types.
            (self.device, self.number) = ("\(device)", "\(number)")
        }
    }
}
