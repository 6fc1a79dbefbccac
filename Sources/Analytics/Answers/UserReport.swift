/// The knowledge about a named user of a site, with some of the hits that were sent with the name.
package struct UserReport: Sendable {
    /// A place among the hits of a user, the latest of which comes first.
    package struct Cursor: Hashable, Sendable {
        package let time: Timestamp
        /// The number of hits of this time that come before the place.
        package let skipped: Int

        package init(time: Timestamp, skipped: Int) {
            self.time = time
            self.skipped = skipped
        }
    }

    package let user: User
    /// The traits, as a JSON object.
    package let traits: String
    package let firstSeen: Timestamp
    package let lastSeen: Timestamp
    /// The hits, each as a JSON object, the latest first.
    package let hits: [String]
    /// The place of the next hit; nil if there is none.
    package let next: Cursor?

    package init(
        user: User,
        traits: String,
        firstSeen: Timestamp,
        lastSeen: Timestamp,
        hits: [String],
        next: Cursor?
    ) {
        self.user = user
        self.traits = traits
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.hits = hits
        self.next = next
    }
}
