import Files
import FoundationEssentials
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// Where a spool lives: its segments, and a file `id` with what it is called in the database.
///
/// One process uses it at a time. The operating system lets go of it with the process, however it ends.
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

    /// Lets another process use the directory, before the last that holds it is gone.
    func unlock() { lock.unlock() }

    /// Brings the names in the directory to the disk.
    func sync() throws {
        try Self.sync(directory)
    }

    /// Brings the name of a directory to the disk, without which what is in it could not be found.
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

    /// The segments, in order, and how long they are; the last one is empty.
    func openSegments() throws -> [(segment: Segment, length: Int)] {
        var segments = try FileManager.default.contentsOfDirectory(atPath: path.string)
            .compactMap(Segment.start(ofFileNamed:)).sorted()
            .map { start in
                let segment = try Segment(start: start, in: path)
                return (segment: segment, length: try segment.size())
            }
        // What the last one ends with may be torn, so nothing is appended to it.
        if segments.last?.length != 0 {
            let end = segments.last.map { $0.segment.start + $0.length } ?? 0
            segments.append((try makeSegment(start: end), 0))
        }
        return segments
    }

    /// Makes an empty segment.
    func makeSegment(start: Int) throws -> Segment {
        let segment = try Segment(start: start, in: path)
        try sync()
        return segment
    }
}
