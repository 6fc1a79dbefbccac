import Analytics
import HTTP
import HTTPTypes

extension Report {
    /// The answer of `/api/v2/query`: the rows, what is to be known about them, and the query as it was understood.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - document: The query as it was sent.
    ///   - site: The site.
    ///   - comparison: The answer for the period with which it is compared.
    ///   - leftOut: The hits that are not counted at all; nil if they were not asked for.
    ///   - late: The hits that came after the period was over; nil if they were not asked for.
    /// - Returns: The answer.
    func json(
        to query: Query,
        _ document: QueryDocument,
        site: Site,
        _ comparison: ReportComparison?,
        _ leftOut: LeftOutHits?,
        _ late: HitCounts?
    ) -> JSON {
        var meta: [(String, JSON?)] = [
            ("timezone", .text(query.zone)),
            ("visitors", .text(query.period.exactness(withDated: countsDatedVisitors))),
            ("basis", query.basis.map { .text($0.rawValue) }),
            ("kept_since", keptSince.map { .text($0.text) }),
            ("excluded", excluded(query, leftOut)), ("unfinished", query.period.end > moment ? .bool(true) : nil),
            ("late", late.map { .number(query.includesBots ? $0.hits : $0.people) }),
            ("metric_warnings", query.warnings),
        ]
        if document.include.explain { meta.append(("explain", explained(query).json)) }
        if let comparison { meta.append(("comparison_date_range", comparison.query.dateRange)) }
        if document.include.timeLabels { meta.append(("time_labels", labels.map { .array($0.map(JSON.text)) })) }
        if document.include.totalRows { meta.append(("total_rows", .number(total))) }
        return .object([
            "results": .array(rows(comparison?.json(of: self))),
            "meta": .object(JSON.Members(meta)),
            "query": query.json(site: site, document),
        ])
    }
}

extension Period {
    private static let day = 86_400_000

    /// The exactness of numbers of visitors, in words: a visitor of a date who comes on two days counts twice.
    ///
    /// - Parameter countsDated: True if visitors of a date are among those counted.
    /// - Returns: The words.
    func exactness(withDated countsDated: Bool) -> String {
        end.milliseconds - start.milliseconds > Self.day && countsDated ? "exact per day" : "exact"
    }
}

extension Report {
    /// The statement for the answer; there is none about hits that are not kept.
    func explained(_ query: Query, over views: ExplainedViews = .ofAllSites) -> ExplainedQuery {
        keptSince == nil
            ? ExplainedQuery(query, over: views)
            : .none(reason: "the hits of some of the time are not kept any more")
    }

    /// The hits that some of the numbers leave out, by reason.
    private func excluded(_ query: Query, _ leftOut: LeftOutHits?) -> JSON? {
        guard leftOut != nil || hitsWithoutVisitor > 0 || hitsOfOtherCurrencies > 0 else { return nil }
        return .object([
            "no_visitor": hitsWithoutVisitor > 0 ? .number(hitsWithoutVisitor) : nil,
            "other_currency": hitsOfOtherCurrencies > 0 ? .number(hitsOfOtherCurrencies) : nil,
            "bots": query.includesBots ? nil : leftOut.map { .number($0.bots) },
            "refused": leftOut.map { .number($0.refused) },
        ])
    }

    private func rows(_ comparisons: [JSON]?) -> [JSON] {
        rows.enumerated().map { place, row in
            .object([
                "metrics": .array(row.values.map(\.json)), "dimensions": .array(row.dimensions.map(JSON.text)),
                "comparison": comparisons?[place],
            ])
        }
    }

    /// The moment up to which hits are counted, as a header.
    var asOf: HTTPFields { [.analyticsAsOf: moment.text] }
}

extension ExplainedQuery {
    /// The statement, in which all values are written out, or why there is none.
    fileprivate var json: JSON {
        switch self {
        case .sql(let sql): .object(["sql": .text(sql), "parameters": .array([])])
        case .none(let reason): .object(["sql": .raw("null"), "reason": .text(reason)])
        }
    }
}

extension Report.Value {
    var json: JSON {
        switch self {
        case .count(let count): .number(count)
        case .real(let number): .real(number)
        case .money(let money): money.json
        case .amounts(let amounts): .array(amounts.map(\.plainJSON))
        case .none: .raw("null")
        }
    }
}

extension Query {
    fileprivate func json(site: Site, _ document: QueryDocument) -> JSON {
        .object([
            "site_id": .text(site.name.text),
            "metrics": .array(metrics.map { .text($0.rawValue) }),
            "date_range": dateRange,
            "dimensions": .array(dimensions.map { .text($0.name) }),
            "filters": .array(filters.map(\.json)),
            "order_by": .array(effectiveOrder.map(\.json)),
            "include": .object(document.include.members),
            "pagination": .object(["offset": .number(offset), "limit": .number(limit)]),
        ])
    }
}

extension Query {
    /// The first and the last millisecond of the period.
    var dateRange: JSON {
        .array([.text(period.start.text), .text(period.end.advanced(by: .milliseconds(-1)).text)])
    }

    /// The reasons for which numbers of revenue cannot be told.
    fileprivate var warnings: JSON? {
        let money = metrics.filter { $0 == .totalRevenue || $0 == .averageRevenue }
        guard !money.isEmpty, !dimensions.contains(.goal), revenueCurrencies.count != 1 else { return nil }
        let warning: JSON =
            revenueCurrencies.isEmpty
            ? .object([
                "code": "no_revenue_goals_matching",
                "message": "None of the goals that are asked for has a currency.",
            ])
            : .object([
                "code": "no_single_revenue_currency",
                "message": "The goals that are asked for have several currencies.",
            ])
        return .object(JSON.Members(money.map { ($0.rawValue, warning) }))
    }
}

extension QueryDocument.Include {
    fileprivate var members: JSON.Members {
        [
            "bots": bots ? .bool(true) : nil, "explain": explain ? .bool(true) : nil,
            "excluded": excluded ? .bool(true) : nil, "late": late ? .bool(true) : nil,
            "compare": compare?.json, "match_day_of_week": matchDayOfWeek ? .bool(true) : nil,
            "time_labels": timeLabels ? .bool(true) : nil, "total_rows": totalRows ? .bool(true) : nil,
            "trim_relative_date_range": trimRelativeDateRange ? .bool(true) : nil,
        ]
    }
}

extension Query.Order {
    fileprivate var json: JSON {
        let name: String =
            switch column {
            case .metric(let metric): metric.rawValue
            case .dimension(let dimension): dimension.name
            }
        return .array([.text(name), .text(isDescending ? "desc" : "asc")])
    }
}

extension Filter {
    /// The filter as queries write it.
    var json: JSON {
        switch self {
        case .test(let test):
            .array(
                [
                    .text(test.comparison.rawValue + (test.isNegated ? "_not" : "")), .text(test.dimension.name),
                    .array(test.values.map(JSON.text)),
                ] + (test.ignoresCase ? [.object(["case_sensitive": .bool(false)])] : [])
            )
        case .all(let filters): .array(["and", .array(filters.map(\.json))])
        case .any(let filters): .array(["or", .array(filters.map(\.json))])
        case .not(.done(let filter)): .array(["has_not_done", filter.json])
        case .not(let filter): .array(["not", filter.json])
        case .done(let filter): .array(["has_done", filter.json])
        }
    }
}
