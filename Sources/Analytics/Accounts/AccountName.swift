/// The name by which somebody logs in: 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first one a letter or digit.
package struct AccountName: Hashable, Sendable {
    package let text: String

    /// The rule, for whoever broke it.
    package static let form = "1 to 64 of the characters a-z, 0-9, ., _ and -, the first one a letter or digit"

    /// Reads a name, in which capital letters count as small ones; nil if it has not the form of one.
    package init?(_ text: String) {
        let text = text.lowercased()
        let isWord = text.utf8.allSatisfy { Self.isLetter($0) || ".-_".utf8.contains($0) }
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first, Self.isLetter(first), isWord else {
            return nil
        }
        self.text = text
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
