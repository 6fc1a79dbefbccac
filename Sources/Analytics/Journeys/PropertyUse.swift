/// A property that some hits have.
package struct PropertyUse: Hashable, Sendable {
    package let name: String
    /// The hits that have a value of it.
    package let hits: Int

    package init(_ name: String, hits: Int) { (self.name, self.hits) = (name, hits) }
}
