/// The text of a link to the reports of a site: `hgl_`, and 32 random bytes as 43 characters of base64url.
package struct ShareText: Hashable, Sendable {
    static let prefix = "hgl_"

    package let text: String

    /// Reads a text; nil if it has not the form of one.
    package init?(parsing text: String) {
        guard text.hasPrefix(Self.prefix), RandomText.isForm(of: text.dropFirst(Self.prefix.count)) else { return nil }
        self.text = text
    }

    private init(text: String) { self.text = text }

    /// Makes a text from the system's source of random numbers.
    package static func random() -> ShareText { ShareText(text: prefix + RandomText.make()) }
}

/// The text must not appear in a log.
extension ShareText: CustomStringConvertible {
    package var description: String { Self.prefix + "***" }
}
