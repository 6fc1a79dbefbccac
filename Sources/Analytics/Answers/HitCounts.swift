/// A number of hits, and of those of machines among them.
package struct HitCounts: Hashable, Sendable {
    package var hits: Int
    package var bots: Int

    package init(hits: Int = 0, bots: Int = 0) {
        self.hits = hits
        self.bots = bots
    }

    /// The hits that reports count.
    package var people: Int { hits - bots }
}
