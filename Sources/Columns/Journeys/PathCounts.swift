package import Analytics

/// The pages beside the views of a page; counts of different visitors add up.
package struct PathCounts: Sendable {
    typealias Count = PathReport.Count

    private(set) var views = Count()
    private var previous = Side()
    private var next = Side()
    package var coverage = Coverage()

    /// The pages on one side, each once, by the bytes of their texts.
    struct Side: Sendable {
        var edge = Count()
        var pages: [PathReport.Page] = []
    }

    init(views: Count, previous: Side, next: Side) {
        (self.views, self.previous, self.next) = (views, previous, next)
    }

    /// Adds other visitors.
    package mutating func add(_ other: PathCounts) {
        views.add(other.views)
        previous.add(other.previous)
        next.add(other.next)
        coverage.add(other.coverage)
    }

    /// The answer.
    package func report(limit: Int, offset: Int, at moment: Timestamp) -> PathReport {
        PathReport(
            views: views,
            previous: previous.report(limit: limit, offset: offset),
            next: next.report(limit: limit, offset: offset),
            coverage: coverage,
            moment: moment
        )
    }
}

extension PathCounts.Side {
    /// Takes the pages that have views.
    ///
    /// - Parameters:
    ///   - counts: The views by place of the page among the texts, and then those at the edge.
    ///   - texts: The texts of pages; the first is no value.
    init(_ counts: [PathReport.Count], _ texts: [String?]) {
        edge = counts[texts.count]
        pages = texts.indices.filter { counts[$0].visits > 0 }
            .map { PathReport.Page(text: texts[$0] ?? Dimension.hit(.page).blank, count: counts[$0]) }
            .sorted { $0.precedes($1) }
    }

    fileprivate mutating func add(_ other: PathCounts.Side) {
        edge.add(other.edge)
        let (own, others) = (pages, other.pages)
        pages.removeAll(keepingCapacity: true)
        var (place, next) = (0, 0)
        while place < own.count || next < others.count {
            if next == others.count || (place < own.count && own[place].precedes(others[next])) {
                pages.append(own[place])
                place += 1
            } else if place == own.count || others[next].precedes(own[place]) {
                pages.append(others[next])
                next += 1
            } else {
                var page = own[place]
                page.count.add(others[next].count)
                pages.append(page)
                (place, next) = (place + 1, next + 1)
            }
        }
    }

    fileprivate func report(limit: Int, offset: Int) -> PathReport.Side {
        let sorted = pages.sorted { one, other in
            if one.count.visits != other.count.visits { return one.count.visits > other.count.visits }
            return one.precedes(other)
        }
        return PathReport.Side(edge: edge, pages: Array(sorted.dropFirst(offset).prefix(limit)), total: pages.count)
    }
}

extension PathReport.Page {
    /// The order of texts by their bytes.
    fileprivate func precedes(_ other: PathReport.Page) -> Bool {
        text.utf8.lexicographicallyPrecedes(other.text.utf8)
    }
}
