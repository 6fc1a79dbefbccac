package import Analytics

/// A share link as lists show it; its text is shown once, when it is made.
package struct ListedShare: Sendable {
    package let id: Int
    package let label: String
    /// The filters as a JSON array, as queries write them.
    package let filters: String
    package let hasPassword: Bool
    package let created: Timestamp
    package let used: Timestamp?
    package let revoked: Timestamp?
}
