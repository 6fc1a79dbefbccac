package import Analytics

/// An invitation to an organisation that was not accepted yet.
package struct InvitationRow: Sendable {
    package let id: Int
    package let role: String
    package let email: String?
    package let created: Timestamp
    package let ends: Timestamp

    /// - Parameters:
    ///   - id: The id, by which it is revoked.
    ///   - role: The role that it gives.
    ///   - email: The address of whom it is for, as a label.
    ///   - created: The time at which it was made.
    ///   - ends: The time at which it ends.
    package init(id: Int, role: String, email: String?, created: Timestamp, ends: Timestamp) {
        self.id = id
        self.role = role
        self.email = email
        self.created = created
        self.ends = ends
    }
}
