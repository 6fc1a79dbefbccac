import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The route `/api/v2/query`, which answers any question about hits and visits.
struct QueryRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess
    let reader: BodyReader

    /// The largest query, in bytes.
    static let largestQuery = 64 << 10

    var route: Route { Route("/api/v2/query", [.post: post], cors: access.cors) }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { try await answer(request, &$0) }
    }

    private func answer(_ request: Request, _ permission: inout Permission) async throws -> Answer {
        var share = reader.budget.share()
        let body = try await reader.body(of: request, &share)
        guard body.readableBytes <= Self.largestQuery, let value = JSONValue(body.readableBytesView) else {
            throw QueryRefusal("body", "a query is a JSON object of at most \(Self.largestQuery) bytes")
        }
        let document = try QueryDocument(value)
        let access = try await permission.aggregates(of: document.site)
        let site = access.site
        let zone = document.zone ?? site.zone
        let period = try await period(document, site, zone)
        var query = Query(document, site: site.id, period: period, zone: zone)
        query.use(site)
        query = try access.narrowed(query)
        try query.checkCombinations()
        if let goal = query.unknownGoal { throw QueryRefusal.unknownGoal(goal) }
        let report = try await store.report(query)
        let comparison = try await comparison(query, document)
        var answer = Answer(json: report.json(to: query, document, site: site, comparison))
        answer.headers.append(contentsOf: report.asOf)
        return answer
    }

    /// The answer for the period with which a query compares its own; nil if it does not.
    private func comparison(_ query: Query, _ document: QueryDocument) async throws -> ReportComparison? {
        guard let compare = document.include.compare else { return nil }
        let range = compare.range(for: query.period, isAligned: document.include.matchDayOfWeek)
        var other = query
        other.period = try await store.period(range, on: nil, of: query.site, zone: query.zone)
        (other.limit, other.offset, other.order) = (Query.limits.groups, 0, [])
        return ReportComparison(other, try await store.report(other))
    }

    /// The period of a query; that of a day, month or year may be wanted to end with today.
    private func period(_ document: QueryDocument, _ site: Site, _ zone: String) async throws -> Period {
        let period = try await store.period(document.range, on: nil, of: site.id, zone: zone)
        guard document.include.trimRelativeDateRange, [.day, .month, .year].contains(document.range) else {
            return period
        }
        let today = try await store.period(.day, on: nil, of: site.id, zone: zone)
        return Period(from: period.start, to: min(period.end, today.end)) ?? period
    }
}

extension Query {
    init(_ document: QueryDocument, site: SiteID, period: Period, zone: String) {
        let length = Duration.milliseconds(period.end.milliseconds - period.start.milliseconds)
        self.init(
            site: site,
            period: period,
            zone: zone,
            metrics: document.metrics,
            dimensions: document.dimensions.map { $0.dimension(forPeriodOf: length) }
        )
        filters = document.filters
        order = document.order.map { entry in
            switch entry.column {
            case .metric(let metric): Order(.metric(metric), isDescending: entry.isDescending)
            case .dimension(let name):
                Order(.dimension(name.dimension(forPeriodOf: length)), isDescending: entry.isDescending)
            }
        }
        (limit, offset) = (document.limit, document.offset)
        includesBots = document.include.bots
    }
}
