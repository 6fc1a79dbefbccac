extension String {
    private static let longestPathPattern = 500

    /// The form of a pattern of paths, in words.
    static let formOfPathPatterns =
        "a pattern of paths such as /blog/*, of up to \(longestPathPattern) bytes without control characters"

    /// True for a pattern of paths, in which `*` stands for any text: it begins with a slash, and has at most 500 bytes
    /// and no control characters.
    var isPathPattern: Bool {
        utf8.first == UInt8(ascii: "/") && utf8.count <= Self.longestPathPattern && !hasControlCharacters
    }

    /// True if the text has control characters of ASCII.
    var hasControlCharacters: Bool { utf8.contains { $0 < 0x20 || $0 == 0x7F } }
}
