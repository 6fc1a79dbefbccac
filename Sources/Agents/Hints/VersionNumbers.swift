/// The first two numbers of a version in a client hint.
struct VersionNumbers {
    /// Nil if the text begins with none.
    let major: Int?
    let minor: Int?

    init(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        major = parts.first.flatMap(Self.number)
        minor = major != nil && parts.count > 1 ? Self.number(parts[1]) : nil
    }

    /// The numbers with a dot between them; nil if there are none.
    var text: String? {
        major.map { major in minor.map { "\(major).\($0)" } ?? "\(major)" }
    }

    /// A number of up to nine digits.
    private static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        return Int(text)
    }
}
