/// The reason for the language of a hit; its description is for people.
package enum LanguageBasis: Sendable, Hashable, CustomStringConvertible {
    /// The sender tells it.
    case field
    case header
    case none

    package var description: String {
        switch self {
        case .field: "the sender gives it"
        case .header: "it is the preferred one of the header Accept-Language"
        case .none: "neither the sender nor the header Accept-Language tells a valid one"
        }
    }
}
