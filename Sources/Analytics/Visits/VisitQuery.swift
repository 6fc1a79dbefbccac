/// A question for single visits: those that reports count with the same period and filters.
///
/// They start in the period, and have a hit there that passes the filters and counts for visitors.
package struct VisitQuery: Hashable, Sendable {
    /// The visits that are wanted of those that are found.
    package enum Range: Hashable, Sendable {
        case newest
        /// The newest ones before a visit.
        case before(VisitKey)
        /// The oldest ones after a visit.
        case after(VisitKey)
    }

    /// The hits that count: those of the period that pass the filters.
    package var selection: Query
    package var range: Range
    /// The most visits.
    package let limit: Int

    /// The visits of a page, if no other number is asked for.
    package static let mostVisits = 50
    /// The most visits that a question may ask for.
    package static let greatestLimit = 1_000

    /// - Parameters:
    ///   - selection: The hits that count.
    ///   - range: The visits that are wanted.
    ///   - limit: The most visits, which `greatestLimit` bounds.
    package init(_ selection: Query, _ range: Range = .newest, limit: Int = mostVisits) {
        (self.selection, self.range) = (selection, range)
        self.limit = min(max(1, limit), Self.greatestLimit)
    }

    /// True if the visits nearest to the place are the oldest ones.
    package var isAscending: Bool { if case .after = range { true } else { false } }

    /// True for a visit on the wanted side of the place.
    package func accepts(_ key: VisitKey) -> Bool {
        switch range {
        case .newest: true
        case .before(let place): key < place
        case .after(let place): place < key
        }
    }
}
