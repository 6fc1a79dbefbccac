/// The SQL of a query.
///
/// The hits of the period that pass the filters are counted, each with its visit where that is needed. With time, visits
/// are counted by their start in rows of their own. What only visits have is counted over the visits of these hits that
/// start in the period.
struct ExplainedStatement {
    private let query: Query
    private let hits: ExplainedHits
    private let times: [Dimension: ExplainedTime]

    /// - Parameters:
    ///   - query: The query.
    ///   - views: The views that are read.
    /// - Throws: `Unexplained`
    init(_ query: Query, _ views: ExplainedViews) throws(Unexplained) {
        guard !query.includesBots else { throw Unexplained(reason: "there is no SQL that counts machines") }
        if let metric = query.metrics.first(where: { !$0.isExplained }) {
            throw Unexplained(reason: "there is no SQL for \(metric.rawValue)")
        }
        let ofHits = query.dimensions.filter { $0.isOfHits && $0 != .hit(.page) }
        guard ofHits.isEmpty || query.metrics.allSatisfy({ $0.side != .visits }) else {
            throw Unexplained(reason: "there is no SQL for numbers of visits by \(ofHits[0].name)")
        }
        self.query = query
        var times: [Dimension: ExplainedTime] = [:]
        for dimension in query.dimensions {
            guard case .time(let unit) = dimension else { continue }
            times[dimension] = ExplainedTime(unit: unit, zone: query.zone, period: query.period)
        }
        self.times = times
        hits = try ExplainedHits(query, views, countsStarts: Self.countsStarts(query))
    }

    /// True if a visit may count in another row than its hits: it counts where it starts.
    private static func countsStarts(_ query: Query) -> Bool {
        guard query.dimensions.contains(where: \.isTime) else { return false }
        let isOfHits = query.dimensions.contains(where: \.isOfHits)
        return query.metrics.contains(.visits) || isOfHits || !query.filters.isEmpty
    }

    /// The statement.
    var text: String {
        let calendars = query.dimensions.compactMap { times[$0]?.table }.map {
            "\($0.name) AS (\n    \($0.sql.indented(by: 4))\n)"
        }
        let counts = self.counts
        let tables = calendars + hits.tables
        guard counts.count > 1 else {
            return "WITH \(tables.joined(separator: ", "))\n\(counts[0].sql)\n\(query.sqlEnd(name));"
        }
        let named = counts.map { "\($0.name) AS (\n    \($0.sql.indented(by: 4))\n)" }
        return "WITH \((tables + named).joined(separator: ", "))\n\(joined(counts))\n\(query.sqlEnd(name));"
    }

    // MARK: Counting

    /// A count of rows of one kind, in the groups of the query.
    private struct Count {
        let name: String
        let sql: String
        let metrics: [Metric]
    }

    private var counts: [Count] {
        let countsStarts = Self.countsStarts(query)
        let ofVisits = query.metrics.filter { $0.side == .visits }
        let ofStarts: [Metric] = countsStarts ? query.metrics.filter { $0 == .visits } : []
        let ofHits = query.metrics.filter { !ofVisits.contains($0) && !ofStarts.contains($0) }
        var counts: [Count] = []
        // Without a metric and a dimension there is nothing to select.
        if !ofHits.isEmpty || !query.dimensions.isEmpty { counts.append(countOfHits(ofHits)) }
        if countsStarts { counts.append(countOfStarts(ofStarts)) }
        if !ofVisits.isEmpty { counts.append(countOfVisits(ofVisits)) }
        return counts
    }

    private func countOfHits(_ metrics: [Metric]) -> Count {
        let values = metrics.compactMap { metric in
            metric.sqlOfHits(since: start, isByTime: Self.countsStarts(query)).map { "\($0) AS \(metric.rawValue)" }
        }
        return Count(name: "by_hits", sql: select(values, from: hits.name, at: "ts"), metrics: metrics)
    }

    private func countOfStarts(_ metrics: [Metric]) -> Count {
        let values = metrics.map { "count(DISTINCT (visitor, start)) AS \($0.rawValue)" }
        let sql = select(values, from: hits.name, at: "start", where: "start >= \(start)")
        return Count(name: "by_starts", sql: "-- A visit counts where it starts.\n" + sql, metrics: metrics)
    }

    private func countOfVisits(_ metrics: [Metric]) -> Count {
        let values = metrics.compactMap { metric in
            metric.sqlOfVisits(isEntered: hits.hasEntered, mayBeEmpty: query.dimensions.isEmpty)
                .map { "\($0) AS \(metric.rawValue)" }
        }
        let columns = (["visitor", "start"] + hits.visitColumns).joined(separator: ", ")
        let visits = "(\n    SELECT DISTINCT \(columns) FROM \(hits.name) WHERE start >= \(start)\n) AS visit"
        let sql = select(values, from: visits, at: "start", ofVisits: true)
        return Count(
            name: "by_visits",
            sql: "-- The visits of these hits that start in the period\n" + sql,
            metrics: metrics
        )
    }

    /// Groups rows.
    ///
    /// - Parameters:
    ///   - values: What is counted, with names.
    ///   - table: The rows.
    ///   - moment: Their time.
    ///   - condition: The rows that count; nil for all.
    ///   - ofVisits: True for rows of visits, whose page is the entry page.
    /// - Returns: The statement.
    private func select(
        _ values: [String],
        from table: String,
        at moment: String,
        where condition: String? = nil,
        ofVisits: Bool = false
    ) -> String {
        let groups = query.dimensions.compactMap { dimension -> String? in
            if let time = times[dimension] { return "\(time.label(of: moment)) AS \(time.name)" }
            return hits.column(dimension).map { column in
                guard ofVisits, dimension == .hit(.page) else { return "\(column.shown) AS \(column.name)" }
                return "coalesce(entry_page, \(dimension.blank.sqlLiteral)) AS \(column.name)"
            }
        }
        let joins = query.dimensions.compactMap { times[$0]?.join(of: moment) }.map { "  \($0)" }
        let places = groups.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        let lines =
            ["SELECT \((groups + values).joined(separator: ",\n       "))", "  FROM \(table.indented(by: 2))"] + joins
            + (condition.map { [" WHERE \($0)"] } ?? []) + (groups.isEmpty ? [] : [" GROUP BY \(places)"])
        return lines.joined(separator: "\n")
    }

    // MARK: Putting together

    private func joined(_ counts: [Count]) -> String {
        let names = query.dimensions.compactMap(name)
        let values = query.metrics.map { metric in
            names.isEmpty ? metric.rawValue : "coalesce(\(metric.rawValue), 0) AS \(metric.rawValue)"
        }
        let joins = counts.dropFirst().map { count in
            guard !names.isEmpty else { return " CROSS JOIN \(count.name)" }
            let kind = count.name == "by_starts" ? "FULL" : "LEFT"
            return "  \(kind) JOIN \(count.name) USING (\(names.joined(separator: ", ")))"
        }
        return (["SELECT \((names + values).joined(separator: ", "))", "  FROM \(counts[0].name)"] + joins)
            .joined(separator: "\n")
    }

    private func name(of dimension: Dimension) -> String? { times[dimension]?.name ?? hits.column(dimension)?.name }

    private var start: String { query.period.start.sqlLiteral }
}
