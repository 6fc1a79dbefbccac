/// The choice of the commits to cut, before or after they take effect.
package struct Cutting: Sendable {
    package enum Cut: Sendable {
        /// The commit does not reach PostgreSQL.
        case before
        /// PostgreSQL commits, and the client gets no answer.
        case after
    }

    /// The numbers of cuts so far.
    package private(set) var before = 0
    package private(set) var after = 0
    /// The percentage of commits to cut.
    package var share: Int
    private var generator: SeededGenerator

    package init(share: Int, seed: UInt64) {
        self.share = share
        generator = SeededGenerator(seed: seed)
    }

    package var count: Int { before + after }

    /// The cut of the next commit; nil if it is not cut.
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
