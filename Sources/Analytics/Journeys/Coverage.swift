/// The hits that an answer counts in a way of its own, or leaves out.
package struct Coverage: Hashable, Sendable {
    /// True if visitors of a date are among those counted: over more than a day they are exact per day alone.
    package var countsDatedVisitors = false
    /// The hits that have no visitor, and count for nobody.
    package var hitsWithoutVisitor = 0

    package init(countsDatedVisitors: Bool = false, hitsWithoutVisitor: Int = 0) {
        self.countsDatedVisitors = countsDatedVisitors
        self.hitsWithoutVisitor = hitsWithoutVisitor
    }

    /// Adds that of other visitors.
    package mutating func add(_ other: Coverage) {
        countsDatedVisitors = countsDatedVisitors || other.countsDatedVisitors
        hitsWithoutVisitor += other.hitsWithoutVisitor
    }
}
