import FoundationEssentials
import SystemPackage

/// The default of the data directory.
enum DataDirectory {
    private static let ofRoot = "/var/lib/hourglass"
    private static let dataHome = ".local/share"

    /// The defaults of root and of other users, for the documentation.
    static let documented = [ofRoot, "~/\(dataHome)/hourglass"]

    /// `/var/lib/hourglass` for root, whose home directory PostgreSQL could not enter; else a folder in the home
    /// directory.
    static let standard: FilePath = {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "/"
        if home == "/root" || environment["USER"] == "root" { return FilePath(ofRoot) }
        return FilePath((environment["XDG_DATA_HOME"] ?? "\(home)/\(dataHome)") + "/hourglass")
    }()
}
