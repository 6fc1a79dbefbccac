import Files
import FoundationEssentials
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// The directory of a spool: its segments, and a file `id` with its id in the database.
///
/// A lock limits it to one process. The operating system releases the lock when the process ends, however it ends.
final class SpoolDirectory: Sendable {
    let path: FilePath
    let id: UUID
    private let directory: FileDescriptor
    private let lock: FileLock

    init(_ path: FilePath) throws {
        self.path = path
        try FileManager.default.createDirectory(
            atPath: path.string,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        directory = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
        guard let lock = try FileLock(path.appending("id")) else { throw Spool.Failure.inUse(path) }
        self.lock = lock
        let text = String(decoding: try Data(contentsOf: URL(filePath: path.appending("id").string)), as: UTF8.self)
        if let known = UUID(uuidString: String(text.prefix { !$0.isNewline })) {
            id = known
        } else {
            id = UUID()
            try lock.file.writeAll(toAbsoluteOffset: 0, Array("\(id)\n".utf8))
            try Segment.syncData(lock.file)
            try sync()
            try Self.syncParent(of: path)
        }
    }

    deinit {
        // The descriptor was opened for reading only.
        try? directory.close()
    }

    /// Releases the directory for another process before the last reference to this object is gone.
    func unlock() { lock.unlock() }

    /// Syncs the names in the directory to the disk.
    func sync() throws {
        try Self.sync(directory)
    }

    /// Syncs the name of a directory to the disk, without which its files could be lost in a crash.
    private static func syncParent(of path: FilePath) throws {
        let parent = try FileDescriptor.open(
            path.removingLastComponent(),
            .readOnly,
            options: [.directory, .closeOnExec]
        )
        try parent.closeAfter { try sync(parent) }
    }

    static func sync(_ file: FileDescriptor) throws {
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Opens the segments, in order, with their lengths in bytes; the last one is empty.
    func openSegments() throws -> [(segment: Segment, length: Int)] {
        var segments = try FileManager.default.contentsOfDirectory(atPath: path.string)
            .compactMap(Segment.start(ofFileNamed:)).sorted()
            .map { start in
                let segment = try Segment(start: start, in: path)
                return (segment: segment, length: try segment.size())
            }
        // The last record of the last one may be torn, so nothing is appended to it.
        if segments.last?.length != 0 {
            let end = segments.last.map { $0.segment.start + $0.length } ?? 0
            segments.append((try makeSegment(start: end), 0))
        }
        return segments
    }

    /// Creates an empty segment.
    func makeSegment(start: Int) throws -> Segment {
        let segment = try Segment(start: start, in: path)
        try sync()
        return segment
    }
}
