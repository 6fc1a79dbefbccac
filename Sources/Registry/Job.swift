package import Analytics

/// A task that takes longer than a request.
package struct Job: Sendable {
    package let id: Int
    package let kind: String
    /// The name of the site; nil for a removed one, and for a job of none.
    package let site: String?
    /// `waiting`, `running`, `done` or `failed`.
    package let state: String
    /// The done share, from 0 to 1.
    package let progress: Double
    package let error: String?
    package let created: Timestamp
    package let ended: Timestamp?
}
