/// A link that works once, as whoever has it may see it.
package struct AccountLink: Sendable, Equatable, Decodable {
    /// The effect of a link.
    package enum Kind: String, Sendable, Codable {
        /// Makes the first account of a server.
        case setup
        /// Makes a member of an organisation.
        case invitation
        /// Gives an account another password.
        case reset
    }

    package let kind: Kind
    /// The organisation of an invitation.
    package let organisation: String?
    /// The title of the organisation; empty without one.
    package let title: String?
    /// The role that an invitation gives.
    package let role: Role?
    /// The name of the account that gets another password.
    package let account: String?
}
