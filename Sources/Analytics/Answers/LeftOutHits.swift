/// The hits of a period that reports do not count, whatever the filters.
package struct LeftOutHits: Hashable, Sendable {
    /// The hits of machines.
    package let bots: Int
    /// The hits that were refused in the hours of the period, by the time of their arrival.
    package let refused: Int

    package init(bots: Int, refused: Int) {
        self.bots = bots
        self.refused = refused
    }
}
