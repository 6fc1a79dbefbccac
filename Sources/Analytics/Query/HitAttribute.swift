/// An attribute that every hit has of its own; the raw value is its name in queries, after `event:`.
package enum HitAttribute: String, Hashable, Sendable, CaseIterable {
    case name
    /// The path of the page.
    case page
    case hostname
    case title
}
