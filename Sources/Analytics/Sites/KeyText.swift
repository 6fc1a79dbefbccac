/// The text of a key: `hgw_`, `hgs_` or `hgr_`, and 32 random bytes as 43 characters of base64url; or that of a write key
/// of another product, 16 to 64 visible ASCII characters, which stands in pages of old.
package struct KeyText: Hashable, Sendable {
    /// The lengths of foreign texts: too long to be guessed, and short enough for the field of a hit.
    private static let foreignLengths = 16...64

    package let text: String
    package let scope: KeyScope

    /// Reads a key; nil if it has not the form of one.
    package init?(parsing text: String) {
        guard let scope = KeyScope.allCases.first(where: { text.hasPrefix($0.prefix) }) else {
            guard Self.foreignLengths.contains(text.utf8.count), !text.hasPrefix(ShareText.prefix),
                text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { return nil }
            self.init(text: text, scope: .write)
            return
        }
        guard RandomText.isForm(of: text.dropFirst(scope.prefix.count)) else { return nil }
        self.init(text: text, scope: scope)
    }

    /// Makes a key from the system's source of random numbers.
    package static func random(_ scope: KeyScope) -> KeyText {
        KeyText(text: scope.prefix + RandomText.make(), scope: scope)
    }

    private init(text: String, scope: KeyScope) {
        self.text = text
        self.scope = scope
    }
}

extension KeyScope {
    fileprivate var prefix: String {
        switch self {
        case .write: "hgw_"
        case .server: "hgs_"
        case .read: "hgr_"
        }
    }
}

/// The text must not appear in a log.
extension KeyText: CustomStringConvertible {
    package var description: String { String(text.prefix(4)) + "***" }
}
