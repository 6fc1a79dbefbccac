import Analytics
import HTTP

extension FunnelReport {
    /// The answer of `/api/v1/funnels/query`.
    func json(to query: FunnelQuery, _ site: Site) -> JSON {
        let rows = steps.enumerated().map { place, step in
            let before = steps[max(place - 1, 0)].visitors
            return JSON.object([
                "label": .text(query.steps[place].name),
                "visitors": .number(step.visitors),
                "conversion_rate": .percentage(step.visitors, of: steps[0].visitors),
                "conversion_rate_step": .percentage(step.visitors, of: before),
                "dropoff": .number(before - step.visitors),
                "dropoff_percentage": .percentage(before - step.visitors, of: before),
                "median_time": .seconds(step.times?.median),
                "average_time": .seconds(step.times?.average),
            ])
        }
        let window: JSON =
            switch query.window {
            case .visit: "visit"
            case .days(let days): .object(["days": .number(days)])
            }
        let own: [(String, JSON?)] = [("steps", .array(query.steps.map(\.stepJSON))), ("within", window)]
        return .answer(.array(rows), coverage, query.selection, site, own)
    }
}

extension RetentionReport {
    /// The answer of `/api/v1/retention/query`.
    func json(to query: RetentionQuery, _ site: Site) -> JSON {
        let rows = cohorts.map { cohort in
            JSON.object([
                "cohort": .text(cohort.label),
                "visitors": .number(cohort.visitors),
                "returned": .array(cohort.returned.map(JSON.number)),
                "rates": .array(cohort.returned.map { .percentage($0, of: cohort.visitors) }),
            ])
        }
        let own: [(String, JSON?)] = [
            ("cohort", .text(query.unit.rawValue)), ("start", query.start?.stepJSON),
            ("return", query.comeback?.stepJSON),
        ]
        return .answer(.array(rows), coverage, query.selection, site, own)
    }
}

extension PathReport {
    /// The answer of `/api/v1/paths/query`.
    func json(to query: PathQuery, _ site: Site) -> JSON {
        let results: JSON = .object([
            "visits": .number(views.visits), "pageviews": .number(views.pageviews),
            "previous": previous.json(edge: "entries"), "next": next.json(edge: "exits"),
        ])
        let selection = query.selection
        let pagination: JSON = .object(["offset": .number(selection.offset), "limit": .number(selection.limit)])
        let own: [(String, JSON?)] = [("page", .text(query.page)), ("pagination", pagination)]
        return .answer(results, coverage, selection, site, own)
    }
}

extension PathReport.Side {
    fileprivate func json(edge name: String) -> JSON {
        let rows = pages.map { page in
            JSON.object([
                "page": .text(page.text), "visits": .number(page.count.visits),
                "pageviews": .number(page.count.pageviews),
            ])
        }
        return .object([
            name: .object(["visits": .number(edge.visits), "pageviews": .number(edge.pageviews)]),
            "pages": .array(rows), "total_rows": .number(total),
        ])
    }
}

extension JSON {
    /// The results, what is to be known about them, and the question as it was understood.
    fileprivate static func answer(
        _ results: JSON,
        _ coverage: Coverage,
        _ query: Query,
        _ site: Site,
        _ own: [(String, JSON?)]
    ) -> JSON {
        let loose = coverage.hitsWithoutVisitor
        let common: [(String, JSON?)] = [
            ("site_id", .text(site.name.text)), ("date_range", query.dateRange),
            ("filters", .array(query.filters.map(\.json))),
            ("include", .object(["bots": query.includesBots ? .bool(true) : nil])),
        ]
        return .object([
            "results": results,
            "meta": .object([
                "timezone": .text(query.zone),
                "visitors": .text(query.period.exactness(withDated: coverage.countsDatedVisitors)),
                "excluded": loose > 0 ? .object(["no_visitor": .number(loose)]) : nil,
            ]),
            "query": .object(JSON.Members(common + own)),
        ])
    }

    /// A share in per cent with two decimals, halves rounded to the even neighbour; null of nothing.
    fileprivate static func percentage(_ part: Int, of whole: Int) -> JSON {
        guard whole > 0 else { return .raw("null") }
        return .real((Double(part) * 10_000 / Double(whole)).rounded(.toNearestOrEven) / 100)
    }

    /// Milliseconds as seconds; null for none.
    fileprivate static func seconds(_ milliseconds: Int?) -> JSON {
        milliseconds.map { .real(Double($0) / 1000) } ?? .raw("null")
    }
}
