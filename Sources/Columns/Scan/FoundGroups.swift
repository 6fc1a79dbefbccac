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
        groups = sum.groups.map { ($0.key, $0.value) }
        (visitors, loose, otherCurrencies) = (sum.visitors, sum.loose, sum.otherCurrencies)
        countsDatedVisitors = sum.countsDatedVisitors
        // Without dimensions there is one row, also of nothing.
        if texts.isEmpty, groups.isEmpty { groups = [(.zero, Counts())] }
    }
}
