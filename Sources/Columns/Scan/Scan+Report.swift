package import Analytics

extension ScanPass {
    /// The answers to queries.
    ///
    /// - Parameters:
    ///   - scans: The queries.
    ///   - counts: What they have counted.
    /// - Returns: The answers; nil for a query that has more groups than a question may.
    package static func reports(of scans: [Scan], _ counts: [ScanCounts]) -> [Report?] {
        let all = withAudiences(scans)
        let groups = counts.map(\.groups) + counts.compactMap(\.audience)
        return reports(to: scans, zip(groups, all).map { FoundGroups($0, $1) })
    }

    /// Counts the numbers of a date.
    ///
    /// - Parameters:
    ///   - scan: The query for them, by `Query.total`.
    ///   - workers: The threads that scan.
    /// - Returns: The numbers.
    package static func total(of scan: Scan, by workers: ScanWorkers) async -> DayTotal {
        let groups = await ScanPass([scan], scan.timeline).groups(of: 0...(.max), workers)
        return groups.first.map { FoundGroups($0, scan).total } ?? DayTotal()
    }

    /// Queries, followed by those for the visitors of whom their conversions are a share.
    static func withAudiences(_ scans: [Scan]) -> [Scan] { scans + scans.filter(\.needsAudience).map(\.ofAudience) }

    /// The answers to queries; nil for a query that has more groups than a question may.
    ///
    /// - Parameters:
    ///   - scans: The queries.
    ///   - found: Their groups, and those of their audiences.
    /// - Returns: The answers.
    static func reports(to scans: [Scan], _ found: [FoundGroups]) -> [Report?] {
        var next = scans.count
        return zip(scans, found).map { scan, hits in
            var groups = hits
            groups.add(scan.dates, scan.label)
            guard scan.needsAudience else { return scan.report(groups, among: nil) }
            defer { next += 1 }
            return scan.report(groups, among: found[next])
        }
    }
}

extension Scan {
    /// The answer; nil if there are more groups than a question may have.
    fileprivate func report(_ found: FoundGroups, among audience: FoundGroups?) -> Report? {
        guard found.groups.count <= Query.limits.groups else { return nil }
        let audience = audience.map { self.audience($0) } ?? Audience()
        let leading = found.leading(for: query) { key, counts, metric in
            counts.value(of: metric, among: shares(of: key, found, audience), revenueIn: nil, []).number
        }
        let sorted = query.sorted(leading.map { row(of: $0.counts, $0.key, found, audience) })
        return Report(
            rows: Array(sorted.dropFirst(query.offset).prefix(query.limit)),
            total: found.groups.count,
            labels: labels,
            countsDatedVisitors: found.countsDatedVisitors,
            hitsWithoutVisitor: found.loose,
            hitsOfOtherCurrencies: found.otherCurrencies
        )
    }

    private func row(of counts: Counts, _ key: Groups.Key, _ found: FoundGroups, _ audience: Audience) -> Report.Row {
        let texts = query.dimensions.enumerated().map { index, dimension in
            found.texts[index][Int(key[index])] ?? dimension.blank
        }
        let goal = query.dimensions.firstIndex(of: .goal).flatMap { place in
            query.goals.first { $0.name.utf8.elementsEqual(texts[place].utf8) }
        }
        let currency = revenue.currency(of: goal)
        let shares = shares(of: key, found, audience)
        let values = query.metrics.map { metric in
            counts.value(of: metric, among: shares, revenueIn: currency, timeline.lexicon.currencies)
        }
        return Report.Row(dimensions: texts, values: values)
    }

    private func shares(of key: Groups.Key, _ found: FoundGroups, _ audience: Audience) -> Counts.Shares {
        Counts.Shares(all: found.visitors, audience: audience.all, groupAudience: audience.visitors(in: key))
    }

    /// The visitors of whom conversions are a share.
    private func audience(_ found: FoundGroups) -> Audience {
        let kept = query.dimensions.indices.filter { !query.dimensions[$0].isOfConversions }
        let counts = found.groups.map { ($0.key, Int($0.counts.tally.visitors)) }
        return Audience(all: found.visitors, kept: kept, groups: Dictionary(counts) { first, _ in first })
    }

    private struct Audience {
        var all = 0
        /// The places of the dimensions by which it is divided.
        var kept: [Int] = []
        var groups: [Groups.Key: Int] = [:]

        func visitors(in key: Groups.Key) -> Int {
            var own = Groups.Key.zero
            for (place, dimension) in kept.enumerated() { own[place] = key[dimension] }
            return groups[own] ?? 0
        }
    }

    private var labels: [String]? {
        let times = keys.first(where: \.isTime)
        return times.map { $0.texts.compactMap(\.self) }
    }
}
