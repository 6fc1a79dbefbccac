import Analytics
import HTTP

/// The values of the rows of a report in another period, side by side.
struct ReportComparison: Sendable {
    let query: Query
    /// The rows by their texts; in place of a moment stands the number of its part of the period.
    private let rows: [[String]: Report.Row]

    /// - Parameters:
    ///   - query: The query for the other period, for all rows.
    ///   - report: Its answer.
    init(_ query: Query, _ report: Report) {
        self.query = query
        let places = Self.places(report)
        rows = Dictionary(report.rows.map { (Self.key($0, query, places), $0) }) { first, _ in first }
    }

    /// The comparisons of rows, in their order.
    ///
    /// - Parameter report: The report of the period that is compared.
    /// - Returns: For each row the values and the changes since then.
    func json(of report: Report) -> [JSON] {
        let places = Self.places(report)
        return report.rows.map { row in
            let old = rows[Self.key(row, query, places)]
            let values = old?.values ?? query.metrics.map(\.emptyValue)
            let changes = zip(query.metrics, zip(values, row.values)).map { metric, pair in
                metric.change(from: pair.0, to: pair.1)?.json ?? .raw("null")
            }
            return .object([
                "dimensions": old.map { .array($0.dimensions.map(JSON.text)) },
                "metrics": .array(values.map(\.json)),
                "change": .array(changes),
            ])
        }
    }

    private static func places(_ report: Report) -> [String: Int] {
        Dictionary((report.labels ?? []).enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    }

    private static func key(_ row: Report.Row, _ query: Query, _ places: [String: Int]) -> [String] {
        zip(query.dimensions, row.dimensions).map { dimension, text in
            guard dimension.isTime, dimension != .time(.hourOfWeek) else { return text }
            return places[text].map(String.init) ?? text
        }
    }
}
