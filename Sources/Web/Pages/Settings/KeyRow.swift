package import Analytics

/// A key of a site in the list of its keys.
package struct KeyRow: Sendable {
    package let id: Int
    package let scope: KeyScope
    package let label: String
    /// The text of a write key, which is public; nil for others, of which only a hash is kept.
    package let text: String?
    package let created: Timestamp
    package let used: Timestamp?

    /// - Parameters:
    ///   - id: The id, by which it is revoked.
    ///   - scope: The permission that it gives.
    ///   - label: The label.
    ///   - text: The text of a write key.
    ///   - created: The time at which it was made.
    ///   - used: The time of its last use; nil if there was none.
    package init(id: Int, scope: KeyScope, label: String, text: String?, created: Timestamp, used: Timestamp?) {
        self.id = id
        self.scope = scope
        self.label = label
        self.text = text
        self.created = created
        self.used = used
    }
}
