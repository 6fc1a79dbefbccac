import Analytics

/// The views beside pages, while visits are counted one after another.
struct PathTally {
    private(set) var views = PathReport.Count()
    private var viewedIn: UInt32 = 0
    private(set) var previous: Side
    private(set) var next: Side
    /// The number of the current visit, from 1 on.
    private var visit: UInt32 = 0

    /// The views by the place of the page beside them, and then those at the edge.
    struct Side {
        private(set) var counts: [PathReport.Count]
        /// The last visit that was counted, by place.
        private var visits: [UInt32]

        init(pages: Int) {
            counts = Array(repeating: PathReport.Count(), count: pages + 1)
            visits = Array(repeating: 0, count: pages + 1)
        }

        mutating func add(_ views: Int, at page: Int?, in visit: UInt32) {
            let place = page ?? counts.count - 1
            counts[place].pageviews += views
            guard visits[place] != visit else { return }
            visits[place] = visit
            counts[place].visits += 1
        }
    }

    /// - Parameter pages: The number of pages.
    init(pages: Int) { (previous, next) = (Side(pages: pages), Side(pages: pages)) }

    mutating func beginVisit() { visit += 1 }

    /// Adds views between two pages.
    ///
    /// - Parameters:
    ///   - count: The number of views.
    ///   - before: The page before them; nil at the beginning of the visit.
    ///   - after: The page after them; nil at its end.
    mutating func add(_ count: Int, between before: Int?, and after: Int?) {
        guard count > 0 else { return }
        previous.add(count, at: before, in: visit)
        next.add(count, at: after, in: visit)
        views.pageviews += count
        if viewedIn != visit {
            viewedIn = visit
            views.visits += 1
        }
    }
}
