import Analytics

/// The pages before and after a page, looked for in the visit of each of its views.
struct CountedPaths {
    private(set) var views = PathReport.Count()
    private(set) var coverage = Coverage()
    private(set) var next = Side()
    private(set) var previous = Side()

    /// The views beside the pages on one side.
    struct Side {
        private var views: [[UInt8]?: [Int]] = [:]

        fileprivate mutating func add(_ page: String?, in visit: Int) {
            views[page.map { Array($0.utf8) }, default: []].append(visit)
        }

        private static func count(_ visits: [Int]) -> PathReport.Count {
            PathReport.Count(visits: Set(visits).count, pageviews: visits.count)
        }

        /// The side as a report has it, its texts escaped.
        func report(limit: Int, offset: Int) -> PathReport.Side {
            let pages = views.compactMap { bytes, visits in bytes.map { ($0, Self.count(visits)) } }
            let sorted = pages.sorted { one, other in
                if one.1.visits != other.1.visits { return one.1.visits > other.1.visits }
                return one.0.lexicographicallyPrecedes(other.0)
            }
            return PathReport.Side(
                edge: Self.count(views[nil] ?? []),
                pages: sorted.dropFirst(offset).prefix(limit).map { bytes, count in
                    PathReport.Page(text: String(decoding: bytes, as: UTF8.self).escaped, count: count)
                },
                total: pages.count
            )
        }
    }

    /// - Parameters:
    ///   - query: The question.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    init(_ query: PathQuery, of hits: [Hit], _ site: VisitSite) {
        let counted = CountedReport(query.selection.ofHits, of: hits, site)
        var visits: Set<Int> = []
        for found in counted.wanted where found.hit.name == "pageview" {
            guard counted.page(of: found.hit)?.isLike(query.page) == true else { continue }
            guard let visit = found.visit else {
                coverage.hitsWithoutVisitor += 1
                continue
            }
            let others = visit.hits.filter { $0.name == "pageview" }
            add(counted, others.last { $0.isBefore(found.hit) }, to: &previous, visit.number)
            add(counted, others.first { found.hit.isBefore($0) }, to: &next, visit.number)
            visits.insert(visit.number)
            views.pageviews += 1
            if found.hit.isDated(site) { coverage.countsDatedVisitors = true }
        }
        views.visits = visits.count
    }

    private func add(_ counted: CountedReport, _ hit: Hit?, to side: inout Side, _ visit: Int) {
        side.add(hit.map { counted.page(of: $0) ?? "(not set)" }, in: visit)
    }
}
