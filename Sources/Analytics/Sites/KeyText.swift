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
            guard Self.foreignLengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                return nil
            }
            self.init(text: text, scope: .write)
            return
        }
        guard text.utf8.count == 47, text.utf8.dropFirst(4).allSatisfy(Self.isDigit) else { return nil }
        self.init(text: text, scope: scope)
    }

    /// Makes a key from the system's source of random numbers.
    package static func random(_ scope: KeyScope) -> KeyText {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        // 43 digits of six bits hold 258.
        let random = (0..<43).map { _ in digits[Int(generator.next() >> 58)] }
        return KeyText(text: scope.prefix + String(random), scope: scope)
    }

    private init(text: String, scope: KeyScope) {
        self.text = text
        self.scope = scope
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
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
