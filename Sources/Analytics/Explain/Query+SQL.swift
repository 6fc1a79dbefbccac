extension Query {
    /// The order and the limit of a statement; equal rows follow the bytes of their texts.
    ///
    /// - Parameter name: The name of the column of a dimension; nil without one.
    /// - Returns: The end of the statement.
    func sqlEnd(_ name: (Dimension) -> String?) -> String {
        let asked = effectiveOrder.compactMap { order -> (name: String, isDescending: Bool)? in
            switch order.column {
            case .metric(let metric): (metric.rawValue, order.isDescending)
            case .dimension(let dimension): name(dimension).map { ($0, order.isDescending) }
            }
        }
        let rest = dimensions.compactMap(name).filter { name in !asked.contains { $0.name == name } }
        let columns = asked.map { $0.name + ($0.isDescending ? " DESC" : "") } + rest
        let skipped = offset > 0 ? " OFFSET \(offset)" : ""
        return " ORDER BY \(columns.joined(separator: ", "))\n LIMIT \(limit)\(skipped)"
    }
}
