import Analytics

/// All values of a visit in a list, as text.
struct FoundVisitLine {
    private let key: VisitKey
    let text: String

    init(_ visit: VisitSummary) {
        var first = Hit(time: visit.start)
        (first.origin, first.place, first.agent) = (visit.origin, visit.place, visit.agent)
        let numbers = [visit.duration, visit.pageviews, visit.events, visit.isBounce ? 1 : 0]
        let pages = [visit.entry?.host, visit.entry?.path, visit.exit?.host, visit.exit?.path]
        self.init(visit.key, numbers, pages + VisitLine.attributes(of: first))
    }

    private init(_ key: VisitKey, _ numbers: [Int], _ texts: [String?]) {
        self.key = key
        let all = numbers.map { "\($0)" } + texts.map { $0 ?? "NULL" }
        text = "\(key.text)|\(all.joined(separator: "|").escaped)"
    }

    private init(_ visit: Visit, _ hits: ArraySlice<Hit>) {
        let pages = [visit.entry, visit.exit].flatMap { place in
            [place.flatMap { hits[$0].host }, place.flatMap { hits[$0].path }]
        }
        let attributes = VisitLine.attributes(of: hits[visit.hits.lowerBound])
        let duration = visit.end.milliseconds - visit.start.milliseconds
        self.init(
            VisitKey(start: visit.start, visitor: visit.visitor),
            [duration, visit.pageviews, visit.events, visit.isBounce ? 1 : 0],
            pages + attributes
        )
    }

    /// The visits that a report counts, the newest first.
    ///
    /// - Parameters:
    ///   - query: The hits of the report.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    /// - Returns: The visits.
    static func counted(_ query: Query, of hits: [Hit], _ site: VisitSite) -> [FoundVisitLine] {
        let asksForScrolling = query.goalsOfFilters?.contains(where: \.isOfScrolling) ?? false
        var lines: [Int: FoundVisitLine] = [:]
        for found in CountedReport(query, of: hits, site).wanted {
            guard let (number, visit, own) = found.visit, query.period.contains(visit.start) else { continue }
            guard asksForScrolling || found.hit.name != "engagement" else { continue }
            lines[number] = FoundVisitLine(visit, own)
        }
        return lines.values.sorted { $1.key < $0.key }
    }
}
