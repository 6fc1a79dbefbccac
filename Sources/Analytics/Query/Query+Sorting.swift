extension Query {
    /// Orders rows as the query asks, and equal ones by the bytes of their texts.
    package func sorted(_ rows: [Report.Row]) -> [Report.Row] {
        let order = effectiveOrder
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

    private func precedes(_ one: Report.Row, _ other: Report.Row, by column: Order.Column) -> Bool {
        switch column {
        case .metric(let metric):
            guard let index = metrics.firstIndex(of: metric) else { return false }
            return one.values[index].number < other.values[index].number
        case .dimension(let dimension):
            guard let index = dimensions.firstIndex(of: dimension) else { return false }
            return one.dimensions[index].utf8.lexicographicallyPrecedes(other.dimensions[index].utf8)
        }
    }
}

extension Report.Value {
    /// The number by which rows are ordered.
    package var number: Double {
        switch self {
        case .count(let count): Double(count)
        case .real(let number): number
        case .money(let money): Double(money.millionths)
        case .amounts(let amounts): amounts.reduce(0) { $0 + Double($1.millionths) }
        case .none: 0
        }
    }
}
