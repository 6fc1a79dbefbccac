/// The permission that a key gives.
package enum KeyScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Hits of the sender's own visitors; the key is public, as it stands in pages.
    case write
    /// Hits of anybody, with addresses and old times.
    case server
    /// Answers.
    case read
}
