/// The description that a database gives of itself.
package struct GeoMetadata: Hashable, Sendable {
    /// The age from which a database should be renewed, in seconds: 60 days.
    package static let oldAge = 60 * 86_400

    /// The type, such as `GeoLite2-City`.
    package let type: String
    /// The time when it was made, in seconds since 1970.
    package let builtAt: Int
    /// The number of nodes of its search tree.
    package let nodes: Int
    /// 4 or 6; a database of version 6 contains IPv4 too.
    package let ipVersion: Int
    /// The description in English, if there is one.
    package let description: String?

    /// The age in seconds at a time, in seconds since 1970.
    package func age(at now: Int) -> Int { max(0, now - builtAt) }

    /// True if it should be renewed.
    package func isOld(at now: Int) -> Bool { age(at: now) > Self.oldAge }

    /// What the licence of the database asks to be shown; nil for licences that ask for nothing.
    package var attribution: GeoAttribution? { GeoAttribution(type: type, description: description ?? "") }
}
