import Analytics

/// The visits that are nearest to the place of a question, as far as they have been seen.
///
/// There is one more than are asked for, which tells that there are others.
struct NearestVisits {
    struct Element {
        let key: VisitKey
        /// The run that is the visit.
        let place: RunPlace
    }

    private let query: VisitQuery
    /// The visits, the nearest first.
    private(set) var elements: [Element] = []

    init(_ query: VisitQuery) { self.query = query }

    /// True if only nearer visits are taken.
    var isFull: Bool { elements.count > query.limit }

    /// True for a visit that is asked for, and near enough.
    func takes(_ key: VisitKey) -> Bool {
        guard query.accepts(key) else { return false }
        guard isFull, let last = elements.last else { return true }
        return isNearer(key, than: last.key)
    }

    /// Takes a visit in the place of the farthest one.
    mutating func take(_ key: VisitKey, at place: RunPlace) {
        if isFull { elements.removeLast() }
        let next = elements.firstIndex { isNearer(key, than: $0.key) } ?? elements.endIndex
        elements.insert(Element(key: key, place: place), at: next)
    }

    /// The visits that are asked for, the newest first.
    var wanted: [Element] {
        let nearest = elements.prefix(query.limit)
        return query.isAscending ? nearest.reversed() : Array(nearest)
    }

    private func isNearer(_ one: VisitKey, than other: VisitKey) -> Bool {
        query.isAscending ? one < other : other < one
    }
}
