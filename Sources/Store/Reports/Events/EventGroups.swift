import Analytics

/// The groups of a query about events: each is the stretches of time that have the same labels.
struct EventGroups: Sendable {
    /// The starts of the stretches, the first of which is that of the period; the last ends with it.
    let starts: [Timestamp]
    /// The number of the group of each stretch.
    let groups: [Int]
    /// The labels of each group, in the order of the dimensions.
    private(set) var labels: [[String]] = []

    /// - Parameters:
    ///   - query: The query, whose dimensions are of time.
    ///   - buckets: The buckets of the dimensions.
    init(_ query: Query, _ buckets: [TimeUnit: Buckets]) {
        let own = query.dimensions.compactMap { dimension in
            if case .time(let unit) = dimension { buckets[unit] } else { nil }
        }
        starts = Set(own.flatMap(\.starts) + [query.period.start]).sorted()
        var (groups, labels): ([Int], [[String]]) = ([], [])
        var known: [[String]: Int] = [:]
        for start in starts {
            let texts = own.map { buckets in buckets.place(of: start).map { buckets.labels[$0] } ?? "" }
            let group = known[texts] ?? labels.count
            if known.updateValue(group, forKey: texts) == nil { labels.append(texts) }
            groups.append(group)
        }
        (self.groups, self.labels) = (groups, labels)
    }
}
