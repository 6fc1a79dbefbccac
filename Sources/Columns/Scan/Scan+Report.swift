package import Analytics

extension Scan {
    /// Answers the query; nil if it has more groups than a question may.
    package func report() async -> Report? {
        let groups = await groups()
        guard groups.keys.count <= Query.limits.groups else { return nil }
        var rows = rows(of: groups)
        if query.dimensions.isEmpty, rows.isEmpty { rows = [row(of: Counts(), [], of: 0)] }
        let sorted = sorted(rows)
        return Report(
            rows: Array(sorted.dropFirst(query.offset).prefix(query.limit)),
            total: sorted.count,
            labels: labels,
            countsDatedVisitors: groups.countsDatedVisitors,
            hitsWithoutVisitor: groups.loose
        )
    }

    private func rows(of groups: Groups) -> [Report.Row] {
        zip(groups.keys, groups.counts).compactMap { key, counts in
            guard counts.isPresent || query.dimensions.isEmpty else { return nil }
            let texts = keys.enumerated().map { index, source in
                source.texts[Int(key[index])] ?? query.dimensions[index].blank
            }
            return row(of: counts, texts, of: groups.visitors)
        }
    }

    private func row(of counts: Counts, _ texts: [String], of visitors: Int) -> Report.Row {
        Report.Row(dimensions: texts, values: query.metrics.map { counts.value(of: $0, among: visitors) })
    }

    /// Orders rows as the query asks, and equal ones by the bytes of their texts.
    private func sorted(_ rows: [Report.Row]) -> [Report.Row] {
        let order = query.effectiveOrder
        return rows.sorted { one, other in
            for column in order {
                let isBefore = precedes(one, other, by: column.column)
                let isAfter = precedes(other, one, by: column.column)
                if isBefore != isAfter { return isBefore != column.isDescending }
            }
            return one.dimensions.lexicographicallyPrecedes(other.dimensions) { first, second in
                first.utf8.lexicographicallyPrecedes(second.utf8)
            }
        }
    }

    private func precedes(_ one: Report.Row, _ other: Report.Row, by column: Query.Order.Column) -> Bool {
        switch column {
        case .metric(let metric):
            guard let index = query.metrics.firstIndex(of: metric) else { return false }
            return one.values[index].number < other.values[index].number
        case .dimension(let dimension):
            guard let index = query.dimensions.firstIndex(of: dimension) else { return false }
            return one.dimensions[index].utf8.lexicographicallyPrecedes(other.dimensions[index].utf8)
        }
    }

    private var labels: [String]? {
        let times = keys.first(where: \.isTime)
        return times.map { $0.texts.compactMap(\.self) }
    }
}

extension Report.Value {
    /// The number by which rows are ordered.
    fileprivate var number: Double {
        switch self {
        case .count(let count): Double(count)
        case .real(let number): number
        case .none, .money, .amounts: 0
        }
    }
}
