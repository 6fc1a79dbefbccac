/// Which commits are cut, and where.
package struct Cutting: Sendable {
    package enum Cut: Sendable {
        /// The commit does not come to PostgreSQL.
        case before
        /// It is committed, and the client is not told.
        case after
    }

    /// Cuts so far.
    package private(set) var before = 0
    package private(set) var after = 0
    /// Of a hundred commits, so many are cut.
    package var share: Int
    private var generator: SeededGenerator

    package init(share: Int, seed: UInt64) {
        self.share = share
        generator = SeededGenerator(seed: seed)
    }

    package var count: Int { before + after }

    /// What happens to the next commit.
    mutating func next() -> Cut? {
        guard Int.random(in: 0..<100, using: &generator) < share else { return nil }
        if Bool.random(using: &generator) {
            before += 1
            return .before
        }
        after += 1
        return .after
    }
}
