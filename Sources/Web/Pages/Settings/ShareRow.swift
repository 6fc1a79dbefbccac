package import Analytics

/// A share link of a site in the list of them.
package struct ShareRow: Sendable {
    package let id: Int
    package let label: String
    package let created: Timestamp
    package let used: Timestamp?
    /// The time at which it ends; nil for never.
    package let ends: Timestamp?
    /// True if its pages ask for a password.
    package let hasPassword: Bool

    /// - Parameters:
    ///   - id: The id, by which it is revoked.
    ///   - label: The label.
    ///   - created: The time at which it was made.
    ///   - used: The time of its last use; nil if there was none.
    ///   - ends: The time at which it ends; nil for never.
    ///   - hasPassword: True if its pages ask for a password.
    package init(
        id: Int,
        label: String,
        created: Timestamp,
        used: Timestamp? = nil,
        ends: Timestamp? = nil,
        hasPassword: Bool = false
    ) {
        self.id = id
        self.label = label
        self.created = created
        self.used = used
        self.ends = ends
        self.hasPassword = hasPassword
    }
}
