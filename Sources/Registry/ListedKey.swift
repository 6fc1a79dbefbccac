package import Analytics

/// A key as lists show it.
package struct ListedKey: Sendable {
    package let id: Int
    package let scope: KeyScope
    package let label: String
    /// The text of a write key; the others are shown once, when they are made.
    package let text: String?
    package let created: Timestamp
    package let used: Timestamp?
    package let revoked: Timestamp?
}
