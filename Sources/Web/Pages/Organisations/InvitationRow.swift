package import Analytics

/// An invitation to an organisation that was not accepted yet.
package struct InvitationRow: Sendable {
    package let id: Int
    package let role: String
    /// The label, such as the address of whom it is for; empty for none.
    package let label: String
    package let ends: Timestamp

    /// - Parameters:
    ///   - id: The id, by which it is revoked.
    ///   - role: The role that it gives.
    ///   - label: The label; empty for none.
    ///   - ends: The time at which it ends.
    package init(id: Int, role: String, label: String, ends: Timestamp) {
        self.id = id
        self.role = role
        self.label = label
        self.ends = ends
    }
}
