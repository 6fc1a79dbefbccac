import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// An exclusive lock on a data directory, against a second server.
///
/// The operating system releases it when the process ends, however it ends.
final class DirectoryLock: Sendable {
    private let file: FileDescriptor

    init(_ directory: FilePath) throws {
        do {
            file = try FileDescriptor.open(
                directory.appending("hourglass.lock"),
                .readWrite,
                options: [.create, .closeOnExec],
                permissions: .ownerReadWrite
            )
        } catch {
            throw EmbeddedPostgres.Failure.unusable(
                directory,
                reason: "its file hourglass.lock cannot be opened: \(error)"
            )
        }
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try? file.close()  // Nothing has been written to it.
            throw EmbeddedPostgres.Failure.inUse(directory)
        }
    }

    deinit {
        // A process that is being started beside it has the descriptor too, for a moment, and would keep the lock. It cannot
        // fail for a file that is open.
        _ = flock(file.rawValue, LOCK_UN)
        // Nothing has been written to it.
        try? file.close()
    }
}
