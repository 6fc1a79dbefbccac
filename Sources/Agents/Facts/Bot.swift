/// A client that is no person's browser.
package struct Bot: Hashable, Sendable {
    /// The kind of the bots that are in no list of names.
    static let otherKind = "other"
    /// The kind of a browser that a program runs.
    static let automation = "browser-automation"

    /// The name that is in its agent, such as `Googlebot`.
    package var name: String?
    /// The kinds of the bot, such as `search-engine`, with commas between them; `other` if there is no name for it, and
    /// nil if there is no agent.
    package var kind: String?

    package init(name: String? = nil, kind: String? = nil) {
        self.name = name
        self.kind = kind
    }
}
