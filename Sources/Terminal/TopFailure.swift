/// The reason that the dashboard cannot be shown.
package enum TopFailure: Error, CustomStringConvertible {
    /// An option has an invalid value.
    case invalid(option: String, reason: String)
    /// Nothing could be read from the server.
    case unanswered(String)
    /// The server shows another certificate than the expected one, or that one cannot be read.
    case certificate(String)
    /// The terminal cannot be set up.
    case noTerminal

    package var description: String {
        switch self {
        case .invalid(let option, let reason): "--\(option) \(reason)"
        case .unanswered(let reason), .certificate(let reason): reason
        case .noTerminal: "the terminal cannot be set up: use --once, or send the output to a pipe"
        }
    }
}
