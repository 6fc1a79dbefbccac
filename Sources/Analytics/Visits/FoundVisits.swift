/// The answer to a question for single visits.
package struct FoundVisits: Hashable, Sendable {
    /// The visits, the newest first.
    package private(set) var visits: [VisitSummary]
    /// True if there are others farther from the place of the question than these.
    package private(set) var hasMore: Bool

    package init(_ visits: [VisitSummary] = [], hasMore: Bool = false) {
        (self.visits, self.hasMore) = (visits, hasMore)
    }

    /// Adds what was found among other visitors.
    ///
    /// - Parameters:
    ///   - other: The answer about these.
    ///   - query: The question, which decides the visits that are left.
    package mutating func add(_ other: FoundVisits, for query: VisitQuery) {
        let all = (visits + other.visits).sorted { $1.key < $0.key }
        hasMore = hasMore || other.hasMore || all.count > query.limit
        visits = Array(query.isAscending ? all.suffix(query.limit) : all.prefix(query.limit))
    }
}
