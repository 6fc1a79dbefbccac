import Analytics

/// The visitors who take steps, found by trying all attempts.
struct CountedFunnel {
    private(set) var steps: [FunnelReport.Step] = []
    private(set) var coverage = Coverage()
    private let query: FunnelQuery
    private var times: [[Int]]
    private var visitors: [Int]

    /// - Parameters:
    ///   - query: The question.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    init(_ query: FunnelQuery, of hits: [Hit], _ site: VisitSite) {
        self.query = query
        times = query.steps.map { _ in [] }
        visitors = query.steps.map { _ in 0 }
        let taking = CountedReport(query.selection.ofHits, of: hits, site).wanted.filter { found in
            query.steps.contains { $0.isReached(by: found.hit) }
        }
        coverage.hitsWithoutVisitor = taking.count { $0.visitor == nil && $0.hit.name != "engagement" }
        for (_, own) in Dictionary(grouping: taking.filter { $0.visit != nil }, by: \.visitor) {
            let visits = Dictionary(grouping: own) { query.window == .visit ? $0.visit?.number ?? 0 : 0 }
            let attempts = visits.values.map { best(of: $0.map(\.hit)) }
            let most = attempts.map(\.count).max() ?? 0
            guard most > 0 else { continue }
            let longest = attempts.filter { $0.count == most }
            guard let first = longest.min(by: { $0[most - 1] < $1[most - 1] }) else { continue }
            for step in 0..<most { visitors[step] += 1 }
            for step in 1..<max(most, 1) { times[step].append(first[step] - first[step - 1]) }
            if own.contains(where: { $0.hit.isDated(site) }) { coverage.countsDatedVisitors = true }
        }
        steps = zip(visitors, times).map { FunnelReport.Step(visitors: $0, times: Self.times($1)) }
    }

    /// The moments of the attempt that counts among some hits.
    private func best(of hits: [Hit]) -> [Int] {
        let ordered = hits.sorted { $0.isBefore($1) }
        for count in (1...query.steps.count).reversed() {
            for end in ordered where query.steps[count - 1].isReached(by: end) {
                var failed: Set<[Int]> = []
                if let rest = attempt(count - 1, before: end, ordered, since: earliest(end), &failed) {
                    return rest + [end.time.milliseconds]
                }
            }
        }
        return []
    }

    private func earliest(_ end: Hit) -> Int {
        if case .days(let days) = query.window { end.time.milliseconds - days * 86_400_000 } else { .min }
    }

    /// The moments of the first steps, the later ones as late as possible; nil if they cannot be taken.
    private func attempt(
        _ count: Int,
        before next: Hit,
        _ hits: [Hit],
        since earliest: Int,
        _ failed: inout Set<[Int]>
    ) -> [Int]? {
        guard count > 0 else { return [] }
        for (place, hit) in hits.enumerated().reversed()
        where hit.isBefore(next) && hit.time.milliseconds >= earliest && !failed.contains([count, place]) {
            guard query.steps[count - 1].isReached(by: hit) else { continue }
            if let rest = attempt(count - 1, before: hit, hits, since: earliest, &failed) {
                return rest + [hit.time.milliseconds]
            }
            failed.insert([count, place])
        }
        return nil
    }

    private static func times(_ times: [Int]) -> StepTimes? {
        guard !times.isEmpty else { return nil }
        let sorted = times.sorted()
        let middle = Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        let mean = Double(times.reduce(0, +)) / Double(times.count)
        return StepTimes(
            median: Int(middle.rounded(.toNearestOrEven)),
            average: Int(mean.rounded(.toNearestOrEven))
        )
    }
}
