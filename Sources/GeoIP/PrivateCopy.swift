import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A copy of a file that has no name, so nobody else can change it: a mapped file that is truncated ends the process.
struct PrivateCopy: ~Copyable {
    /// `O_TMPFILE`, which the module of the C library leaves out.
    private static let unnamed = FileDescriptor.OpenOptions(rawValue: 0o20_000_000 | O_DIRECTORY)

    let file: FileDescriptor
    let size: Int

    /// Copies a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - folders: Where the copy may be; the first in which a file can be made is taken.
    /// - Throws: `GeoFailure`
    init(of path: FilePath, in folders: [FilePath]) throws(GeoFailure) {
        do {
            (file, size) = try Self.copy(path, in: folders)
        } catch {
            throw error as? GeoFailure ?? .unreadable("\(error)")
        }
    }

    deinit {
        // Nothing has to reach the disk.
        try? file.close()
    }

    private static func copy(_ path: FilePath, in folders: [FilePath]) throws -> (FileDescriptor, size: Int) {
        // A pipe is not waited for.
        let source = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
        // Nothing is lost with a file that was only read.
        defer { try? source.close() }
        let before = try Stat(source)
        guard before.type == .regular else { throw GeoFailure.unreadable("it is no file") }
        guard before.size <= GeoDatabase.largest else { throw GeoFailure.tooLarge }
        let target = try make(in: folders)
        do {
            try copy(source, to: target, count: Int(before.size))
            guard FileStamp(try Stat(source)) == FileStamp(before) else { throw GeoFailure.changing }
            return (target, Int(before.size))
        } catch {
            // The copy is given up.
            try? target.close()
            throw error
        }
    }

    private static func make(in folders: [FilePath]) throws -> FileDescriptor {
        var failure = Errno.noSuchFileOrDirectory
        for folder in folders {
            do {
                return try make(in: folder)
            } catch let error as Errno {
                failure = error
            }
        }
        throw failure
    }

    private static func make(in folder: FilePath) throws -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                folder,
                .readWrite,
                options: [unnamed, .closeOnExec],
                permissions: .ownerReadWrite
            )
        } catch let error as Errno where [.notSupported, .isDirectory, .invalidArgument].contains(error) {
            // A file system without unnamed files.
            let path = folder.appending(".geoip-\(UInt64.random(in: 0...UInt64.max))")
            let file = try FileDescriptor.open(
                path,
                .readWrite,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite
            )
            // The name is passed for the duration of the call. If it stays, it is an empty or useless file.
            unsafe unlink(path.string)
            return file
        }
    }

    private static func copy(_ source: FileDescriptor, to target: FileDescriptor, count: Int) throws {
        var copied = 0
        while copied < count {
            // Without an offset both files are used from where they are.
            let step = sendfile(target.rawValue, source.rawValue, nil, count - copied)
            guard step >= 0 else {
                guard errno == EINTR else { throw Errno(rawValue: errno) }
                continue
            }
            guard step > 0 else { throw GeoFailure.changing }
            copied += step
        }
    }

    /// The last bytes of the copy.
    ///
    /// - Throws: `GeoFailure.unreadable`
    func end(_ count: Int) throws(GeoFailure) -> [UInt8] {
        let start = max(0, size - count)
        do {
            return try unsafe [UInt8](unsafeUninitializedCapacity: size - start) { buffer, filled in
                while filled < size - start {
                    let rest = unsafe UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]
                    )
                    let read = try unsafe file.read(fromAbsoluteOffset: Int64(start + filled), into: rest)
                    if read == 0 { break }
                    filled += read
                }
            }
        } catch {
            throw .unreadable("\(error)")
        }
    }
}
