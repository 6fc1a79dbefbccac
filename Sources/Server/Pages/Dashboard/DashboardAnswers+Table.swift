import Analytics
import HTTP
import Web

extension DashboardAnswers {
    /// The rows that a panel shows, with the values that the API tells; nil for a panel that is not there.
    ///
    /// - Parameter panel: The numbers, the chart or the week.
    /// - Returns: The rows.
    func table(of panel: DashboardPanel) -> ReportTable? {
        switch panel {
        case .numbers: numbersTable
        case .series: seriesTable
        case .week:
            week.map { report in
                let rows = zip(report.labels ?? [], values(report)).map { [JSON.text($0), .number($1)] }
                return ReportTable(columns: [Dimension.time(.hourOfWeek).name, Metric.visitors.rawValue], rows: rows)
            }
        case .list: nil
        }
    }

    /// One row for each number, with that of the time before.
    private var numbersTable: ReportTable {
        let isCompared = compared != nil
        let rows = queries.metrics.compactMap { metric -> [JSON]? in
            value(of: metric, in: tiles).map { value in
                let former = compared.flatMap { self.value(of: metric, in: $0) }
                return [.text(metric.rawValue), value.json] + (isCompared ? [former?.json ?? .raw("null")] : [])
            }
        }
        return ReportTable(columns: ["metric", "value"] + (isCompared ? ["before"] : []), rows: rows)
    }

    /// One row for each part that has begun, with that of the time before.
    private var seriesTable: ReportTable {
        let drawn = drawnSeries
        let isCompared = formerSeries != nil
        let rows = drawn.begunParts.map { part -> [JSON] in
            let former = part.former.map { JSON.number($0) } ?? .raw("null")
            return [.text(part.label), .number(part.value)] + (isCompared ? [former] : [])
        }
        let columns = [Dimension.time(queries.unit.time).name, drawn.metric.rawValue] + (isCompared ? ["before"] : [])
        return ReportTable(columns: columns, rows: rows)
    }
}
