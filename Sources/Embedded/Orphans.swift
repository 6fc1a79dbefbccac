import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Orphaned processes of a killed PostgreSQL, which become children of this process if it is the init process of a
/// container.
///
/// Until a zombie is reaped its process id is in use, and PostgreSQL refuses to start.
enum Orphans {
    /// Reaps the processes of PostgreSQL that have ended; processes started by this one are reaped elsewhere.
    static func collect() {
        guard hasChildren else { return }
        // Without `/proc` this is no container.
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for id in entries.compactMap({ pid_t($0) }) where isOurs(id) {
            waitpid(id, nil, WNOHANG)
        }
    }

    /// True if any child has exited: a cheap test that usually skips the scan of /proc.
    private static var hasChildren: Bool { waitid(P_ALL, 0, nil, WEXITED | WNOHANG | WNOWAIT) == 0 }

    /// True for a zombie of PostgreSQL whose parent is this process (`proc(5)`, `/proc/pid/stat`).
    private static func isOurs(_ id: pid_t) -> Bool {
        // The process may have vanished meanwhile.
        guard let stat = try? Data(contentsOf: URL(filePath: "/proc/\(id)/stat")) else { return false }
        return String(decoding: stat, as: UTF8.self).hasPrefix("\(id) (postgres) Z \(getpid()) ")
    }
}
