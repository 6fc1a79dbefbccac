import Analytics

extension FoundGroups {
    /// Leaves out groups that come after the rows of an answer, by the number that orders these first.
    ///
    /// Rows are made of texts: of thousands of pages only the first few are worth it.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - number: The number of a group in a metric other than of money.
    /// - Returns: The groups of the rows up to the last that is answered, and those equal to it.
    func leading(
        for query: Query,
        _ number: (Groups.Key, Counts, Metric) -> Double
    ) -> [(key: Groups.Key, counts: Counts)] {
        let (wanted, isBeyond) = query.offset.addingReportingOverflow(query.limit)
        guard let order = query.effectiveOrder.first, case .metric(let metric) = order.column,
            query.metrics.contains(metric), !metric.isOfMoney, !isBeyond, 0 < wanted, wanted < groups.count
        else { return groups }
        let numbers = groups.map { number($0.key, $0.counts, metric) * (order.isDescending ? -1 : 1) }
        let last = numbers.sorted()[wanted - 1]
        return groups.indices.filter { numbers[$0] <= last }.map { groups[$0] }
    }
}
