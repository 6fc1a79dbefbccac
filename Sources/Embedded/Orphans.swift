import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// What a PostgreSQL that was killed leaves to this process, if it is the first one of a container.
///
/// As long as nobody has waited for a process that has ended its id is taken, and PostgreSQL does not start beside it.
enum Orphans {
    /// Waits for those that have ended; what was started by this process is waited for elsewhere.
    static func collect() {
        guard hasChildren else { return }
        // No `/proc`: then there is no container either.
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for id in entries.compactMap({ pid_t($0) }) where isOurs(id) {
            waitpid(id, nil, WNOHANG)
        }
    }

    /// Which is cheaper to find out than which of them have ended, and mostly the end of it.
    private static var hasChildren: Bool { waitid(P_ALL, 0, nil, WEXITED | WNOHANG | WNOWAIT) == 0 }

    /// Of a process of PostgreSQL that has ended and whose parent is this one: `proc(5)`, `/proc/pid/stat`.
    private static func isOurs(_ id: pid_t) -> Bool {
        // It may be gone by now.
        guard let stat = try? Data(contentsOf: URL(filePath: "/proc/\(id)/stat")) else { return false }
        return String(decoding: stat, as: UTF8.self).hasPrefix("\(id) (postgres) Z \(getpid()) ")
    }
}
