import FoundationEssentials

/// Where data goes when nobody says otherwise.
enum DataDirectory {
    /// `/var/lib/hourglass` for root, whose home directory PostgreSQL could not enter; else a folder in the home directory.
    static let standard: String = {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "/"
        if home == "/root" || environment["USER"] == "root" { return "/var/lib/hourglass" }
        return (environment["XDG_DATA_HOME"] ?? home + "/.local/share") + "/hourglass"
    }()
}
