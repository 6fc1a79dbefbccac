/// The secret of a login or of a link that works once: a prefix, and 32 random bytes as 43 characters of base64url.
package struct SecretText: Hashable, Sendable {
    /// The kinds of secrets.
    package enum Kind: String, Sendable {
        /// The cookie of a browser that is logged in.
        case login = "hgc_"
        /// The link of an invitation, a reset or the setup.
        case link = "hga_"
    }

    package let text: String

    /// Reads a text; nil if it has not the form of one.
    package init?(_ kind: Kind, parsing text: some StringProtocol) {
        let text = String(text)
        guard text.hasPrefix(kind.rawValue), RandomText.isForm(of: text.dropFirst(kind.rawValue.count)) else {
            return nil
        }
        self.text = text
    }

    private init(text: String) { self.text = text }

    /// Makes a text from the system's source of random numbers.
    package static func random(_ kind: Kind) -> SecretText { SecretText(text: kind.rawValue + RandomText.make()) }
}

/// The text must not appear in a log.
extension SecretText: CustomStringConvertible {
    package var description: String { String(text.prefix(4)) + "***" }
}
