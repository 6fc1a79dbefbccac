/// A task that takes longer than a request.
package struct Job: Sendable {
    package let id: Int
    package let kind: String
    /// The name of the site; nil for a removed one, for a job of none, and where the site is known anyway.
    package let site: String?
    /// `waiting`, `running`, `done` or `failed`.
    package let state: String
    /// The done share, from 0 to 1.
    package let progress: Double
    /// The reason that the last attempt failed.
    package let error: String?
    package let created: Timestamp
    package let ended: Timestamp?

    package init(
        id: Int,
        kind: String,
        site: String? = nil,
        state: String,
        progress: Double,
        error: String? = nil,
        created: Timestamp,
        ended: Timestamp? = nil
    ) {
        self.id = id
        self.kind = kind
        self.site = site
        self.state = state
        self.progress = progress
        self.error = error
        self.created = created
        self.ended = ended
    }
}
