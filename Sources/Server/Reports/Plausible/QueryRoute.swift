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
        guard let value = try await reader.json(of: request, limit: Self.largestQuery) else {
            throw QueryRefusal("body", "a query is a JSON object of at most \(Self.largestQuery) bytes")
        }
        var periods = PeriodReader(store)
        let asked = try await AskedDocument(try QueryDocument(value), &permission, &periods, store)
        let reports = try await reports(to: asked)
        var answer = Answer(json: asked.json(of: reports))
        answer.headers.append(contentsOf: reports.first?.asOf ?? [:])
        return answer
    }

    private func reports(to asked: AskedDocument) async throws -> [Report] {
        do {
            return try await store.reports(asked.queries)
        } catch let error as QueryError {
            throw asked.refusal(of: error) ?? error
        }
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
