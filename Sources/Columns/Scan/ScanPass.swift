import Analytics

/// One pass over the parts of a timeline that answers many queries.
package struct ScanPass: Sendable {
    /// The queries, each followed by that for the visitors of whom its conversions are a share.
    private let scans: [Scan]
    private let timeline: Timeline
    /// For each query the first with the same filters, which are applied once.
    private let alike: [Int]

    init(_ scans: [Scan], _ timeline: Timeline) {
        self.scans = scans
        self.timeline = timeline
        var known: [Filters: Int] = [:]
        alike = scans.enumerated().map { place, scan in
            let filters = Filters(scan.query)
            let first = known[filters] ?? place
            known[filters] = first
            return first
        }
    }

    /// The conditions of a hit to pass; goals and rules for pages are the same in all queries of a pass.
    private struct Filters: Hashable {
        let period: Period
        let filters: [Filter]
        let texts: [[UInt8]]

        init(_ query: Query) { (period, filters, texts) = (query.period, query.filters, query.filterTexts) }
    }

    /// Scans the parts by two threads, each of which has half of the visitors.
    ///
    /// - Parameters:
    ///   - visitors: The visitors that the parts have; the number of them is a power of two, of which the first is a
    ///     multiple.
    ///   - workers: The threads.
    /// - Returns: The groups of each query.
    func groups(of visitors: ClosedRange<UInt64>, _ workers: ScanWorkers) async -> [Groups] {
        var (groups, others) = await workers.halves(of: visitors) { self.groups(of: $0, withLoose: $1) }
        for place in groups.indices { groups[place].add(others[place]) }
        return groups
    }

    private func groups(of visitors: ClosedRange<UInt64>, withLoose: Bool) -> [Groups] {
        let parts = timeline.scanned
        let conditions = scans.indices.map { alike[$0] == $0 ? scans[$0].condition() : nil }
        let sieve = VisitSieve(scans.indices.filter { alike[$0] == $0 }.map { conditions[$0] })
        var counters = scans.map { BlockCounter($0) }
        let start = scans.map(\.period.lowerBound).min() ?? 0
        let period = start..<max(start, scans.map(\.period.upperBound).max() ?? 0)
        var reader = BlockReader(timeline, in: period, visitors, withLoose: withLoose, sieve)
        var block = VisitBlock()
        var selections: [BlockSelection?] = scans.map { _ in nil }
        while reader.read(&block) {
            for (place, scan) in scans.enumerated() {
                let first = alike[place]
                if first == place {
                    let condition = sieve?.isExact == true && !block.isLoose ? nil : conditions[place]
                    selections[place] = BlockSelection(block, condition, scan.query.period, parts)
                }
                guard var selection = selections[first].take() else { continue }
                counters[place].count(&selection)
                selections[first] = selection
            }
            // They would make the next block a copy.
            for place in selections.indices { selections[place] = nil }
        }
        return counters.map(\.groups)
    }
}
