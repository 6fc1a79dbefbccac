package import Analytics

extension ScanPass {
    /// Answers queries by one pass.
    ///
    /// - Parameters:
    ///   - scans: The queries, all over the same timeline.
    ///   - workers: The threads that scan.
    /// - Returns: The answers; nil for a query that has more groups than a question may.
    package static func reports(of scans: [Scan], by workers: ScanWorkers) async -> [Report?] {
        guard let timeline = scans.first?.timeline else { return [] }
        let audiences = scans.map { $0.query.metrics.contains(where: \.isOfConversions) ? $0.ofAudience : nil }
        let pass = ScanPass(scans + audiences.compactMap(\.self), timeline)
        let groups = await pass.groups(workers)
        var next = scans.count
        return zip(scans, audiences).enumerated().map { place, pair in
            guard pair.1 != nil else { return pair.0.report(groups[place], among: nil) }
            defer { next += 1 }
            return pair.0.report(groups[place], among: groups[next])
        }
    }
}

extension Scan {
    /// The answer; nil if there are more groups than a question may have.
    fileprivate func report(_ groups: Groups, among audience: Groups?) -> Report? {
        guard groups.found.count <= Query.limits.groups else { return nil }
        let audience = audience.map { self.audience($0) } ?? Audience()
        let sorted = query.sorted(rows(of: groups, audience))
        return Report(
            rows: Array(sorted.dropFirst(query.offset).prefix(query.limit)),
            total: sorted.count,
            labels: labels,
            countsDatedVisitors: groups.countsDatedVisitors,
            hitsWithoutVisitor: groups.loose,
            hitsOfOtherCurrencies: groups.otherCurrencies
        )
    }

    private func rows(of groups: Groups, _ audience: Audience) -> [Report.Row] {
        groups.found.map { place in
            let (key, counts) = (groups.key(at: place), groups.counts(at: place))
            let texts = keys.enumerated().map { index, source in
                source.texts[Int(key[index])] ?? query.dimensions[index].blank
            }
            let shares = Counts.Shares(
                all: groups.visitors,
                audience: audience.all,
                groupAudience: audience.visitors(in: key)
            )
            return row(of: counts, key, texts, shares)
        }
    }

    private func row(
        of counts: Counts,
        _ key: Groups.Key,
        _ texts: [String],
        _ shares: Counts.Shares
    ) -> Report.Row {
        let goal = query.dimensions.firstIndex(of: .goal).map { query.goals[Int(key[$0]) - 1] }
        let currency = revenue.currency(of: goal)
        let values = query.metrics.map { metric in
            counts.value(of: metric, among: shares, revenueIn: currency, timeline.lexicon.currencies)
        }
        return Report.Row(dimensions: texts, values: values)
    }

    /// The visitors of whom conversions are a share.
    private func audience(_ groups: Groups) -> Audience {
        let kept = query.dimensions.indices.filter { !query.dimensions[$0].isOfConversions }
        let counts = groups.found.map { (groups.key(at: $0), Int(groups.tallies[$0].visitors)) }
        return Audience(all: groups.visitors, kept: kept, groups: Dictionary(counts) { first, _ in first })
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
