/// Why a run could not go on, or what the server answered wrongly.
package enum LoadError: Error, CustomStringConvertible {
    /// An option has a value that cannot be used.
    case invalid(option: String, reason: String)
    /// No connection could be made.
    case unreachable(url: String, reason: String)
    /// A question was not answered, in spite of several attempts.
    case unanswered(url: String, reason: String)
    /// The server refused events that are valid, or did not say how many it took.
    case rejected(reason: String)
    /// The server counted other than it must.
    case different(Difference)

    package var description: String {
        switch self {
        case .invalid(let option, let reason): "--\(option) \(reason)"
        case .unreachable(let url, let reason): "cannot reach \(url): \(reason)"
        case .unanswered(let url, let reason): "no answer from \(url): \(reason)"
        case .rejected(let reason): "the server did not accept valid events: \(reason)"
        case .different(let difference): difference.description
        }
    }
}
