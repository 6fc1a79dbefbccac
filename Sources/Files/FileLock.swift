package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// An exclusive lock on a file, against other processes and other locks of this one.
///
/// The operating system releases it when the process ends, however it ends.
package final class FileLock: Sendable {
    /// The locked file, open for reading and writing.
    package let file: FileDescriptor

    /// Opens a file, which is created if it is missing, and locks it.
    ///
    /// - Returns: nil if the file is already locked.
    /// - Throws: `Errno` if the file cannot be opened.
    package init?(_ path: FilePath) throws {
        file = try FileDescriptor.open(
            path,
            .readWrite,
            options: [.create, .closeOnExec],
            permissions: .ownerReadWrite
        )
        // `deinit` closes the file.
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    deinit {
        // Until its exec, a process that is being started also has the descriptor, and would keep the lock.
        unlock()
        // Owners sync what they write to the file.
        try? file.close()
    }

    /// Releases the lock before the last reference to it is gone.
    package func unlock() {
        // It cannot fail for an open file.
        _ = flock(file.rawValue, LOCK_UN)
    }
}
