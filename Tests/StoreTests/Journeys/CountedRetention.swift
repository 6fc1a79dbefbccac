import Analytics

/// The visitors who come again, counted with sets of the parts in which they come.
struct CountedRetention {
    private(set) var cohorts: [RetentionReport.Cohort] = []
    private(set) var coverage = Coverage()

    /// - Parameters:
    ///   - query: The question.
    ///   - labels: The labels of all parts of the period, in order.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    init(_ query: RetentionQuery, _ labels: [String], of hits: [Hit], _ site: VisitSite) {
        let wanted = CountedReport(query.selection.ofHits, of: hits, site).wanted
        func does(_ goal: Goal?, _ hit: Hit) -> Bool { goal?.isReached(by: hit) ?? (hit.name != "engagement") }
        coverage.hitsWithoutVisitor = wanted.count { found in
            found.visitor == nil && found.hit.name != "engagement"
                && (does(query.start, found.hit) || does(query.comeback, found.hit))
        }
        var visitors = labels.map { _ in 0 }
        var returned = labels.map { _ in labels.map { _ in 0 } }
        for (_, own) in Dictionary(grouping: wanted.filter { $0.visit != nil }, by: \.visitor) {
            let places = own.map { found in
                (hit: found.hit, part: labels.firstIndex(of: Self.label(of: found.hit.time, query, site)))
            }
            guard let first = places.filter({ does(query.start, $0.hit) }).compactMap(\.part).min() else { continue }
            visitors[first] += 1
            let later = Set(places.filter { does(query.comeback, $0.hit) }.compactMap(\.part).filter { $0 > first })
            for part in later { returned[first][part - first - 1] += 1 }
            if own.contains(where: { $0.hit.isDated(site) }) { coverage.countsDatedVisitors = true }
        }
        cohorts = labels.indices.map { place in
            RetentionReport.Cohort(
                label: labels[place],
                visitors: visitors[place],
                returned: Array(returned[place].prefix(labels.count - 1 - place))
            )
        }
    }

    /// The label of the part with a moment.
    ///
    /// Where midnight comes twice a date begins at the later one, and Foundation's at the earlier.
    private static func label(of moment: Timestamp, _ query: RetentionQuery, _ site: VisitSite) -> String {
        let midnight = query.selection.zone == site.zone ? site.midnights.last { $0 <= moment } : nil
        return query.selection.label(of: midnight ?? moment, query.unit)
    }
}
