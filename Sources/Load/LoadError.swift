/// The reason that a run failed.
package enum LoadError: Error, CustomStringConvertible {
    /// An option has an invalid value.
    case invalid(option: String, reason: String)
    /// No connection could be made.
    case unreachable(url: String, reason: String)
    /// The server does not know a site that was named.
    case unknownSite(name: String, url: String)
    /// A query failed after several attempts.
    case unanswered(url: String, reason: String)
    /// The server rejected valid events, or did not report how many it accepted.
    case rejected(reason: String)
    /// The server's counts are wrong.
    case different(Difference)

    package var description: String {
        switch self {
        case .invalid(let option, let reason): "--\(option) \(reason)"
        case .unreachable(let url, let reason): "cannot reach \(url): \(reason)"
        case .unknownSite(let name, let url): "the server does not know the site \(name) of --site: \(url) is not found"
        case .unanswered(let url, let reason): "no answer from \(url): \(reason)"
        case .rejected(let reason): "the server did not accept valid events: \(reason)"
        case .different(let difference): difference.description
        }
    }
}
