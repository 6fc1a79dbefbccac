import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A file of records, named after the position of its first byte in the spool.
final class Segment: Sendable {
    /// Syncs the data of a file to the disk.
    typealias Sync = @Sendable (FileDescriptor) throws -> Void

    static let suffix = ".spool"

    /// The position of its first byte, in bytes since the creation of the spool.
    let start: Int
    private let path: FilePath
    private let file: FileDescriptor

    /// Opens a segment, which is created if it is missing.
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
        // Acknowledged records have been synced, so a failed close loses none.
        try? file.close()
    }

    /// The file name of a segment: 16 hexadecimal digits, so that names sort like their numbers.
    private static func name(_ start: Int) -> String {
        let digits = String(start, radix: 16)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits + suffix
    }

    /// The start of the segment with a file name; nil if it is not the name of a segment.
    static func start(ofFileNamed name: String) -> Int? {
        guard name.hasSuffix(suffix), let start = Int(name.dropLast(suffix.count), radix: 16), start >= 0 else {
            return nil
        }
        return Self.name(start) == name ? start : nil
    }

    /// The size of the file in bytes.
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

    /// Reads a number of bytes, or fewer at the end of the file.
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
    /// Syncs by `fdatasync`, which also writes a changed length of the file.
    static let syncData: Sync = { file in
        guard fdatasync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
}
