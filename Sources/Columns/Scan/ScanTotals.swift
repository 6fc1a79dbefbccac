package import Analytics

/// The answers to queries whose parts are not in memory together: one pass after another has some of the visitors.
package struct ScanTotals: Sendable {
    /// The values that the dimensions have had in any pass.
    private var texts: [Dimension: DistinctTexts] = [:]
    /// The sums of the queries, and after them those of their audiences.
    private var sums: [GroupSum] = []

    package init() {}

    /// Adds a pass.
    ///
    /// - Parameters:
    ///   - scans: The queries over the hits of some visitors; in each pass the same ones in the same order.
    ///   - visitors: The visitors; the number of them is a power of two, of which the first is a multiple.
    ///   - workers: The threads that scan.
    package mutating func add(_ scans: [Scan], _ visitors: ClosedRange<UInt64>, by workers: ScanWorkers) async {
        let all = ScanPass.withAudiences(scans)
        guard let timeline = all.first?.timeline else { return }
        if sums.isEmpty { sums = all.map { _ in GroupSum() } }
        for (place, groups) in await ScanPass(all, timeline).groups(of: visitors, workers).enumerated() {
            let scan = all[place]
            let places = zip(scan.query.dimensions, scan.keys).map { dimension, key in
                key.texts.map { texts[dimension, default: DistinctTexts()].place(of: $0) }
            }
            sums[place].add(groups, places)
        }
    }

    /// The answers; nil for a query that has more groups than a question may.
    ///
    /// - Parameter scans: The queries of the last pass.
    /// - Returns: The answers, in the order of the queries.
    package func reports(to scans: [Scan]) -> [Report?] {
        let all = ScanPass.withAudiences(scans)
        let found = zip(all, sums).map { scan, sum in
            FoundGroups(sum, texts: scan.query.dimensions.map { texts[$0]?.texts ?? [nil] })
        }
        return ScanPass.reports(to: scans, found)
    }

    /// The numbers of a date, whose query by `Query.total` all passes had alone.
    package var total: DayTotal { sums.first.map { FoundGroups($0, texts: []).total } ?? DayTotal() }
}

/// The groups of several passes, by the places of their values among those of all passes.
struct GroupSum: Sendable {
    private(set) var groups: [Groups.Key: Counts] = [:]
    private(set) var visitors = 0
    private(set) var countsDatedVisitors = false
    private(set) var loose = 0
    private(set) var otherCurrencies = 0

    /// Adds the groups of a pass.
    ///
    /// - Parameters:
    ///   - other: The groups.
    ///   - places: For each dimension the places of its values among those of all passes.
    mutating func add(_ other: Groups, _ places: [[UInt32]]) {
        for place in other.counted {
            let own = other.key(at: place)
            var key = Groups.Key.zero
            for dimension in places.indices { key[dimension] = places[dimension][Int(own[dimension])] }
            groups[key, default: Counts()].add(other.counts(at: place))
        }
        visitors += other.visitors
        countsDatedVisitors = countsDatedVisitors || other.countsDatedVisitors
        loose += other.loose
        otherCurrencies += other.otherCurrencies
    }
}
