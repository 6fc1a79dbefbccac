/// The SQL of a query about the numbers of the hour, which come from the events: without filters, and by time alone.
struct ExplainedEvents {
    private let query: Query
    private let times: [ExplainedTime]
    private let values: [String]
    private let views: ExplainedViews

    /// - Parameters:
    ///   - query: The query, whose basis is the events.
    ///   - views: The views that are read.
    /// - Throws: `Unexplained`
    init(_ query: Query, _ views: ExplainedViews) throws(Unexplained) {
        var values: [String] = []
        for metric in query.metrics {
            guard let value = metric.sqlOfEvents else {
                throw Unexplained(reason: "there is no SQL for \(metric.rawValue) together with numbers of the hour")
            }
            values.append("\(value) AS \(metric.rawValue)")
        }
        (self.query, self.views) = (query, views)
        self.values = values
        times = query.dimensions.compactMap { dimension in
            guard case .time(let unit) = dimension else { return nil }
            return ExplainedTime(unit: unit, zone: query.zone, period: query.period)
        }
    }

    /// The statement.
    var text: String {
        let calendars = times.compactMap(\.table).map { "\($0.name) AS (\n    \($0.sql.indented(by: 4))\n)" }
        let columns = times.map { "\($0.label(of: "ts")) AS \($0.name)" } + values
        let joins = times.compactMap { $0.join(of: "ts") }.map { "  \($0)" }
        let places = times.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        let (start, end) = (query.period.start.sqlLiteral, query.period.end.sqlLiteral)
        let lines =
            (calendars.isEmpty ? [] : ["WITH \(calendars.joined(separator: ", "))"])
            + ["SELECT \(columns.joined(separator: ",\n       "))", "  FROM \(views.name("event"))"] + joins
            + [" WHERE site_id = \(query.site.rawValue) AND ts >= \(start) AND ts < \(end)"]
            + (times.isEmpty ? [] : [" GROUP BY \(places)"])
        return "\(lines.joined(separator: "\n"))\n\(query.sqlEnd(name));"
    }

    private func name(of dimension: Dimension) -> String? {
        guard case .time(let unit) = dimension else { return nil }
        return times.first { $0.unit == unit }?.name
    }
}

extension Metric {
    /// The number over rows of events; nil for a metric that events cannot tell.
    fileprivate var sqlOfEvents: String? {
        switch self {
        case .users: "count(DISTINCT user_id)"
        case .clicks: "count(*) FILTER (WHERE kind = 1)"
        case .impressions: "count(*) FILTER (WHERE kind = 2)"
        default: nil
        }
    }
}
