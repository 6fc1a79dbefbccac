import Analytics

/// The groups that a query has found, as a report is made from them.
struct FoundGroups: Sendable {
    /// The values of each dimension by place.
    var texts: [[String?]]
    var groups: [(key: Groups.Key, counts: Counts)]
    /// The visitors in any group.
    var visitors = 0
    var countsDatedVisitors = false
    /// The hits that belong to no visit.
    var loose = 0
    /// The hits that reach a goal with another currency than theirs.
    var otherCurrencies = 0

    /// Takes the groups of a pass.
    init(_ groups: Groups, _ scan: Scan) {
        texts = scan.keys.map(\.texts)
        self.groups = groups.found.map { (groups.key(at: $0), groups.counts(at: $0)) }
        (visitors, loose, otherCurrencies) = (groups.visitors, groups.loose, groups.otherCurrencies)
        countsDatedVisitors = groups.countsDatedVisitors
    }

    /// Takes groups that were summed over passes.
    ///
    /// - Parameters:
    ///   - sum: The groups.
    ///   - texts: The values of each dimension.
    init(_ sum: GroupSum, texts: [[String?]]) {
        self.texts = texts
        groups = sum.groups.filter { texts.isEmpty || $0.value.isPresent }.map { ($0.key, $0.value) }
        (visitors, loose, otherCurrencies) = (sum.visitors, sum.loose, sum.otherCurrencies)
        countsDatedVisitors = sum.countsDatedVisitors
        // Without dimensions there is one row, also of nothing.
        if texts.isEmpty, groups.isEmpty { groups = [(.zero, Counts())] }
    }

    /// Adds the numbers of dates to the groups that the dates are in.
    ///
    /// - Parameters:
    ///   - dates: The numbers.
    ///   - label: The value of a date in the only dimension; nil without dimensions.
    mutating func add(_ dates: [DatedTotal], _ label: (DatedTotal) -> String?) {
        guard !dates.isEmpty else { return }
        var places = Dictionary(groups.indices.map { (groups[$0].key, $0) }) { first, _ in first }
        var values = Dictionary((texts.first ?? []).enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        for date in dates {
            var key = Groups.Key.zero
            if let label = label(date) {
                if values[label] == nil {
                    values[label] = texts[0].count
                    texts[0].append(label)
                }
                key[0] = UInt32(truncatingIfNeeded: values[label] ?? 0)
            }
            let place = places[key] ?? groups.count
            if places.updateValue(place, forKey: key) == nil { groups.append((key, Counts())) }
            groups[place].counts.add(date.total)
            loose += date.total.hitsWithoutVisitor
            countsDatedVisitors = countsDatedVisitors || date.total.hasDatedVisitors
        }
    }

    /// The numbers of a query for those of a date.
    var total: DayTotal {
        var total = DayTotal()
        let counts = groups.first?.counts ?? Counts()
        (total.visitors, total.visits) = (Int(counts.tally.visitors), counts.whole.count)
        (total.pageviews, total.events) = (Int(counts.tally.pageviews), Int(counts.tally.events))
        (total.bounces, total.duration) = (counts.whole.bounces, counts.whole.duration)
        (total.visitPageviews, total.visitEvents) = (counts.whole.pageviews, counts.whole.events)
        (total.hitsWithoutVisitor, total.hasDatedVisitors) = (loose, countsDatedVisitors)
        return total
    }
}
