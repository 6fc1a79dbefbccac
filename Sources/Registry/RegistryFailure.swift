/// The reason that the registry cannot be asked or changed.
package enum RegistryFailure: Error, Equatable, CustomStringConvertible {
    /// The database has not been reached yet, and nothing is kept from before.
    case unknown
    /// The database cannot be reached, so that nothing is known of what changed since.
    case stale
    /// The database cannot be reached or takes no change now; nothing has been changed.
    case unavailable
    /// The registry has something that this program does not understand.
    case malformed
    /// The database went away during a change, which may have been made.
    case interrupted
    /// The change cannot be made; the reason is for whoever asked for it.
    case refused(String)

    package var description: String {
        switch self {
        case .unknown: "the database is away, and the sites are not known yet"
        case .stale: "the database is away, and the key or the site is not among those known before"
        case .unavailable: "the database is away or takes nothing now; nothing was changed"
        case .malformed: "the registry has something that this program does not understand: run the newer hourglass"
        case .interrupted: "the database went away during the change: look whether it was made, and repeat it if not"
        case .refused(let reason): reason
        }
    }
}
