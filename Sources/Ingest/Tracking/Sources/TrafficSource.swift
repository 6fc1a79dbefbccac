/// A site, an app or a service that visitors come from, such as Google.
package struct TrafficSource: Sendable, Hashable {
    /// The name that is shown.
    package let name: String
    /// Nil for one of no kind that a channel depends on.
    package let kind: SourceKind?

    package init(name: String, kind: SourceKind?) {
        self.name = name
        self.kind = kind
    }
}
