import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A file of records, named for the place of its first byte in the spool.
final class Segment: Sendable {
    /// Brings what was written to the disk itself.
    typealias Sync = @Sendable (FileDescriptor) throws -> Void

    static let suffix = ".spool"

    /// The place of its first byte.
    let start: Int
    private let path: FilePath
    private let file: FileDescriptor

    /// Opens a segment, or makes one.
    init(start: Int, in directory: FilePath) throws {
        self.start = start
        path = directory.appending(Self.name(start))
        file = try FileDescriptor.open(
            path,
            .readWrite,
            options: [.create, .closeOnExec],
            permissions: .ownerReadWrite
        )
    }

    deinit {
        // All that was promised to be on the disk has been synced.
        try? file.close()
    }

    /// The name of a segment: 16 hexadecimal digits, which sort as their numbers do.
    private static func name(_ start: Int) -> String {
        let digits = String(start, radix: 16)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits + suffix
    }

    /// The place that a file's name stands for; nil when it is no segment.
    static func start(ofFileNamed name: String) -> Int? {
        guard name.hasSuffix(suffix), let start = Int(name.dropLast(suffix.count), radix: 16), start >= 0 else {
            return nil
        }
        return Self.name(start) == name ? start : nil
    }

    /// The bytes of the file.
    func size() throws -> Int {
        Int(try file.seek(offset: 0, from: .end))
    }

    func write(_ bytes: [UInt8], at offset: Int) throws {
        _ = try file.writeAll(toAbsoluteOffset: Int64(offset), bytes)
    }

    func truncate(to length: Int) throws {
        try file.resize(to: Int64(length))
    }

    func sync(_ sync: Sync) throws { try sync(file) }

    /// Reads so many bytes, or fewer where the file ends.
    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]
                )
                let read = try unsafe file.read(fromAbsoluteOffset: Int64(offset + filled), into: rest)
                if read == 0 { break }
                filled += read
            }
        }
    }

    func remove() throws {
        guard unsafe unlink(path.string) == 0 else { throw Errno(rawValue: errno) }
    }
}

extension Segment {
    /// As `fdatasync` does it, which also brings a new length to the disk.
    static let syncData: Sync = { file in
        guard fdatasync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
}
