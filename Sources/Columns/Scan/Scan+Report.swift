package import Analytics

extension Scan {
    /// Answers the query; nil if it has more groups than a question may.
    package func report() async -> Report? {
        var groups = await groups()
        // Without dimensions there is one row, also of nothing.
        if query.dimensions.isEmpty { _ = groups.place(of: .zero) }
        guard groups.keys.count <= Query.limits.groups else { return nil }
        let audience = query.metrics.contains(where: \.isOfConversions) ? await audience() : Audience()
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
        zip(groups.keys, groups.counts).compactMap { key, counts in
            guard counts.isPresent || query.dimensions.isEmpty else { return nil }
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
    private func audience() async -> Audience {
        let groups = await ofAudience.groups()
        let kept = query.dimensions.indices.filter { !query.dimensions[$0].isOfConversions }
        let counts = zip(groups.keys, groups.counts.map(\.visitors))
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
