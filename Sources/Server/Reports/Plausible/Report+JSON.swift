import Analytics
import HTTP
import HTTPTypes

extension Report {
    /// The answer of `/api/v2/query`: the rows, what is to be known about them, and the query as it was understood.
    func json(to query: Query, _ document: QueryDocument, site: Site) -> JSON {
        var meta: [(String, JSON?)] = [
            ("timezone", .text(query.zone)), ("visitors", .text(exactness(in: query.period))),
            ("excluded", hitsWithoutVisitor > 0 ? .object(["no_visitor": .number(hitsWithoutVisitor)]) : nil),
        ]
        if document.include.timeLabels { meta.append(("time_labels", labels.map { .array($0.map(JSON.text)) })) }
        if document.include.totalRows { meta.append(("total_rows", .number(total))) }
        return .object([
            "results": .array(rows.map(\.json)),
            "meta": .object(JSON.Members(meta)),
            "query": query.json(site: site, document),
        ])
    }
}

extension Report {
    private static let day = 86_400_000

    /// The exactness of the number of visitors, in words: a visitor of a date who comes on two days counts twice.
    private func exactness(in period: Period) -> String {
        let isLong = period.end.milliseconds - period.start.milliseconds > Self.day
        return isLong && countsDatedVisitors ? "exact per day" : "exact"
    }

    /// The moment up to which hits are counted, as a header.
    var asOf: HTTPFields { [.analyticsAsOf: moment.text] }
}

extension Report.Row {
    fileprivate var json: JSON {
        .object(["metrics": .array(values.map(\.json)), "dimensions": .array(dimensions.map(JSON.text))])
    }
}

extension Report.Value {
    var json: JSON {
        switch self {
        case .count(let count): .number(count)
        case .real(let number): .real(number)
        case .none, .money, .amounts: .raw("null")
        }
    }
}

extension Query {
    fileprivate func json(site: Site, _ document: QueryDocument) -> JSON {
        .object([
            "site_id": .text(site.name.text),
            "metrics": .array(metrics.map { .text($0.rawValue) }),
            "date_range": .array([
                .text(period.start.text), .text(period.end.advanced(by: .milliseconds(-1)).text),
            ]),
            "dimensions": .array(dimensions.map { .text($0.name) }),
            "filters": .array(filters.map(\.json)),
            "order_by": .array(effectiveOrder.map(\.json)),
            "include": .object(document.include.members),
            "pagination": .object(["offset": .number(offset), "limit": .number(limit)]),
        ])
    }
}

extension QueryDocument.Include {
    fileprivate var members: JSON.Members {
        [
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
    fileprivate var json: JSON {
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
