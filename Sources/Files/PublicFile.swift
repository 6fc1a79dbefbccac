package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A file that everybody may read, and that is replaced as a whole.
package enum PublicFile {
    /// Puts a complete file in the place of another one; a crash leaves the one or the other.
    ///
    /// - Parameters:
    ///   - path: The file to replace, which need not exist.
    ///   - part: The new file, in the same directory; it is renamed.
    /// - Throws: `Errno`
    package static func replace(_ path: FilePath, by part: FilePath) throws {
        let file = try FileDescriptor.open(part, .readWrite, options: .closeOnExec)
        try file.closeAfter {
            guard fchmod(file.rawValue, 0o644) == 0, fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
        // The names are passed for the duration of the call.
        guard unsafe rename(part.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    }
}
