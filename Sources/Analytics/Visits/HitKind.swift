/// The kind of a hit, as far as visits depend on it; in the order of hits of the same millisecond.
package enum HitKind: UInt8, Sendable, CaseIterable {
    case pageview
    /// Counts among the events, and ends a bounce if it is interactive.
    case event
    /// Belongs to a visit, or makes one, but is neither counted nor interactive.
    case impression
    /// Keeps a visit open, and is nothing else.
    case engagement

    /// The kind of the hits with a name.
    package init(name: String) {
        switch name {
        case "pageview": self = .pageview
        case "impression": self = .impression
        case "engagement": self = .engagement
        default: self = .event
        }
    }
}
