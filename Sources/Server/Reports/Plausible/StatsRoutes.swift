import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The routes `/api/v1/stats/…`, which take the parameters of Plausible's Stats API v1.
struct StatsRoutes: Sendable {
    let store: any EventStore
    let access: ReportAccess

    var routes: [Route] {
        [
            Route(
                "/api/v1/stats/aggregate",
                [.get: { request, _ in try await answering(request, aggregate) }],
                cors: access.cors
            ),
            Route(
                "/api/v1/stats/timeseries",
                [.get: { request, _ in try await answering(request, series) }],
                cors: access.cors
            ),
            Route(
                "/api/v1/stats/breakdown",
                [.get: { request, _ in try await answering(request, breakdown) }],
                cors: access.cors
            ),
        ]
    }

    /// A question with its site and its period.
    private struct Subject {
        let stats: StatsQuery
        let parameters: [String: String]
        let access: Access
        let period: Period

        var site: Site { access.site }

        /// The query, with rows by dimensions.
        func query(by dimensions: [Dimension] = [], in period: Period? = nil) -> Query {
            var query = Query(
                site: site.id,
                period: period ?? self.period,
                zone: site.zone,
                metrics: stats.metrics(by: dimensions),
                dimensions: dimensions
            )
            query.filters = stats.filters
            query.use(site)
            return query
        }
    }

    private func answering(
        _ request: Request,
        _ answer: (Subject) async throws -> (json: JSON, asOf: Timestamp)
    ) async throws -> Response {
        try await access.answering(request) { permission in
            let parameters = request.uri.queryParameters.reduce(into: [String: String]()) {
                $0[String($1.key)] = String($1.value)
            }
            var stats = try StatsQuery(parameters)
            let access = try await permission.aggregates(of: stats.site)
            stats.filters += try access.filters
            let site = access.site
            let period = try await store.period(stats.range, on: stats.date, of: site.id, zone: site.zone)
            let subject = Subject(stats: stats, parameters: parameters, access: access, period: period)
            if let goal = subject.query().unknownGoal { throw QueryRefusal.unknownStatsGoal(goal) }
            let found = try await answer(subject)
            var answer = Answer(json: found.json)
            answer.headers[.analyticsAsOf] = found.asOf.text
            return answer
        }
    }

    /// Asks the store, as far as the permission covers it.
    private func report(_ query: Query, _ subject: Subject) async throws -> Report {
        try subject.access.check(query)
        return try await store.report(query)
    }

    // MARK: Answers

    private func aggregate(_ subject: Subject) async throws -> (json: JSON, asOf: Timestamp) {
        try subject.stats.check()
        let report = try await report(subject.query(), subject)
        let values = report.rows.first?.values ?? []
        let before = try await valuesBefore(subject)
        let members = zip(subject.stats.metrics, values).enumerated().map { place, pair -> (String, JSON?) in
            let old = before?[place]
            return (
                pair.0.rawValue,
                .object([
                    "value": pair.1.json,
                    "comparison_value": old.map(\.json),
                    "change": old.map { pair.0.change(from: $0, to: pair.1)?.json ?? .raw("null") },
                ])
            )
        }
        return (.object(["results": .object(JSON.Members(members))]), report.moment)
    }

    /// The values of the period before, if they are asked for.
    private func valuesBefore(_ subject: Subject) async throws -> [Report.Value]? {
        guard let compare = subject.parameters["compare"] else { return nil }
        guard compare == "previous_period" else {
            throw QueryRefusal("compare", "Invalid compare `\(compare)`. The only valid value is `previous_period`")
        }
        let site = subject.site
        let period = try await store.period(.before(subject.period), on: nil, of: site.id, zone: site.zone)
        do {
            return try await report(subject.query(in: period), subject).rows.first?.values ?? []
        } catch let error as QueryError where error.isAboutDroppedHits {
            throw QueryRefusal("compare", error.description)
        }
    }

    private func series(_ subject: Subject) async throws -> (json: JSON, asOf: Timestamp) {
        try subject.stats.check()
        let unit = try subject.stats.unit(subject.parameters["interval"])
        let report = try await report(subject.query(by: [.time(unit)]), subject)
        let rows = Dictionary(report.rows.map { ($0.dimensions.first ?? "", $0.values) }) { first, _ in first }
        let results = (report.labels ?? []).map { label in
            let values = rows[label] ?? subject.stats.metrics.map(\.emptyValue)
            let pairs = zip(subject.stats.metrics, values).map { ($0.rawValue, Optional($1.json)) }
            return JSON.object(JSON.Members([("date", .text(label))] + pairs))
        }
        return (.object(["results": .array(results)]), report.moment)
    }

    private func breakdown(_ subject: Subject) async throws -> (json: JSON, asOf: Timestamp) {
        let property = try StatsQuery.property(subject.parameters["property"])
        try subject.stats.check(by: property)
        let limit = try StatsQuery.number(subject.parameters["limit"], "limit", default: 100, in: 1...1000)
        let page = try StatsQuery.number(subject.parameters["page"], "page", default: 1, in: 1...1000)
        let dimensions = property.withParent
        var query = subject.query(by: dimensions)
        if property.hidesBlank {
            query.filters.append(.test(Filter.Test(.equals, property, [property.blank], isNegated: true)))
        }
        (query.limit, query.offset) = (limit, limit * (page - 1))
        let report = try await report(query, subject)
        let results = report.rows.map { row in
            let names = dimensions.map { dimension in String(dimension.name.split(separator: ":").last ?? "") }
            let texts = zip(names, row.dimensions).map { ($0, Optional(JSON.text($1))) }
            let values = zip(subject.stats.metrics, row.values).map { ($0.rawValue, Optional($1.json)) }
            return JSON.object(JSON.Members(texts + values))
        }
        return (.object(["results": .array(results)]), report.moment)
    }
}

extension Dimension {
    /// The dimension, after the one whose versions it has.
    fileprivate var withParent: [Dimension] {
        switch self {
        case .visit(.browserVersion): [.visit(.browser), self]
        case .visit(.osVersion): [.visit(.os), self]
        default: [self]
        }
    }

    /// True if a breakdown leaves out what has no value.
    fileprivate var hidesBlank: Bool {
        guard case .visit(let attribute) = self else { return false }
        switch attribute {
        case .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm, .country, .region, .city, .entryPage,
            .exitPage:
            return true
        default: return false
        }
    }
}
