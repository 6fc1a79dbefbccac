import Analytics

/// The answer to a query about events, with numbers of hits where it asks for some.
struct EventReport {
    let query: Query
    let groups: EventGroups
    let counts: [Int: EventReading.Counts]
    /// The answer about the other metrics; nil if there are none.
    let hits: Report?

    /// The query for the other metrics; nil if there are none.
    static func others(of query: Query) -> Query? {
        var others = query
        others.metrics.removeAll(where: \.isOfTheHour)
        (others.limit, others.offset, others.order) = (Query.limits.groups, 0, [])
        return others.metrics.isEmpty ? nil : others
    }

    /// The labels of the first dimension in order of time; nil without dimensions.
    private var labels: [String]? {
        guard !query.dimensions.isEmpty else { return nil }
        var known: Set<String> = []
        return groups.labels.compactMap(\.first).filter { known.insert($0).inserted }
    }

    func report(at moment: Timestamp) -> Report {
        let others = query.metrics.filter { !$0.isOfTheHour }
        let ofHits = Dictionary((hits?.rows ?? []).map { ($0.dimensions, $0.values) }) { first, _ in first }
        let rows = groups.labels.enumerated().compactMap { number, texts -> Report.Row? in
            let values = ofHits[texts]
            let counted = counts[number]
            guard counted != nil || values != nil || query.dimensions.isEmpty else { return nil }
            return Report.Row(
                dimensions: texts,
                values: query.metrics.map { metric in
                    switch metric {
                    case .users: return .count(counted?.users ?? 0)
                    case .clicks: return .count(counted?.clicks ?? 0)
                    case .impressions: return .count(counted?.impressions ?? 0)
                    default: return others.firstIndex(of: metric).flatMap { values?[$0] } ?? metric.emptyValue
                    }
                }
            )
        }
        let sorted = query.sorted(rows)
        return Report(
            rows: Array(sorted.dropFirst(query.offset).prefix(query.limit)),
            total: sorted.count,
            labels: labels,
            countsDatedVisitors: hits?.countsDatedVisitors ?? false,
            hitsWithoutVisitor: hits?.hitsWithoutVisitor ?? 0,
            hitsOfOtherCurrencies: hits?.hitsOfOtherCurrencies ?? 0,
            keptSince: hits?.keptSince,
            moment: moment
        )
    }
}
