/// The tag of a language (BCP 47) in its canonical case, such as `zh-Hant-TW`, of at most 35 bytes.
package struct LanguageTag: Sendable, Hashable {
    package static let maximumBytes = 35

    package let text: String
    /// True if subtags at the end were left out.
    package let isCut: Bool

    /// Reads a tag; nil if it is none.
    ///
    /// Subtags are separated by `-` or `_`. Left out are extensions, from the first subtag of one character on, and
    /// subtags beyond the limit. Three languages have new codes: `iw`, `in` and `ji`.
    package init?(parsing bytes: Span<UInt8>) {
        guard let text = bytes.text else { return nil }
        let subtags = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        let areWords = subtags.allSatisfy { (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isWordByte) }
        guard areWords, let language = subtags.first, (2...3).contains(language.utf8.count),
            language.utf8.allSatisfy({ $0 >= 0x41 })
        else { return nil }
        var tag = Self.formerCodes[language.lowercased()] ?? language.lowercased()
        var taken = 1
        for subtag in subtags.dropFirst().prefix(while: { $0.utf8.count > 1 }) {
            guard tag.utf8.count + 1 + subtag.utf8.count <= Self.maximumBytes else { break }
            tag += "-" + Self.canonical(subtag)
            taken += 1
        }
        self.text = tag
        isCut = taken < subtags.count
    }

    private static let formerCodes = ["iw": "he", "in": "id", "ji": "yi"]

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    /// A subtag in the case of its kind: a region in capitals, a script with one.
    private static func canonical(_ subtag: Substring) -> String {
        switch subtag.utf8.count {
        case 2: subtag.uppercased()
        case 4 where subtag.utf8.allSatisfy { $0 >= 0x41 }:
            subtag.prefix(1).uppercased() + subtag.dropFirst().lowercased()
        default: subtag.lowercased()
        }
    }
}
