package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A small file that nobody but its owner may read, and that is replaced as a whole.
package enum PrivateFile {
    /// Replaces the contents of a file, or creates it; a crash leaves the former or the new ones.
    ///
    /// - Throws: `Errno`
    package static func write(_ bytes: some Collection<UInt8>, to path: FilePath) throws {
        let part = FilePath("\(path).new")
        // A leftover of a crash may have other permissions.
        // The name is passed for the duration of the call.
        unsafe unlink(part.string)
        let file = try FileDescriptor.open(
            part,
            .writeOnly,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try file.closeAfter {
            _ = try file.writeAll(Array(bytes))
            guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
        guard unsafe rename(part.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    }
}
