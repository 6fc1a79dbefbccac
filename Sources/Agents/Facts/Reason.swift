/// The reason for a fact about an agent; its description is for people.
package enum Reason: Hashable, Sendable, CustomStringConvertible {
    /// The value of a client hint.
    case hint(ClientHints.Name)
    /// A rule whose pattern is in the agent.
    case rule(String)
    /// The same, of a system of which browsers tell no later version.
    case frozen(String)
    /// An iPad in the agent.
    case iPad
    /// The version of Safari, which since 26 is that of iOS.
    case safari
    /// A request without an agent.
    case missing

    package var description: String {
        switch self {
        case .hint(let name): "the header \(name.header) says so"
        case .rule(let pattern): "the user agent has the pattern \(pattern)"
        case .frozen(let pattern): "the user agent has the pattern \(pattern), and browsers send it for later ones too"
        case .iPad: "the user agent names an iPad"
        case .safari: "it is the version of Safari: since 26 the one of iOS is the same, and the user agent says 18"
        case .missing: "there is no user agent"
        }
    }
}
