import Analytics
import HTTP
import HTTPTypes
import Registry

/// A query of `/api/v2/query` as it was understood, with the one for the period with which it is compared.
struct AskedDocument: Sendable {
    let document: QueryDocument
    let site: Site
    let query: Query
    /// The query for the other period, for all rows; nil if there is no comparison.
    let compared: Query?
    /// The hits that are not counted at all; nil if they were not asked for.
    let leftOut: LeftOutHits?

    /// Finds the periods of a query, and what it may ask for.
    ///
    /// - Parameters:
    ///   - document: The query.
    ///   - permission: The permission of the request.
    ///   - periods: The periods that are known.
    ///   - store: The store.
    /// - Throws: A `Problem`, a `RegistryFailure`, a `QueryRefusal`, or a `QueryError`
    init(
        _ document: QueryDocument,
        _ permission: inout Permission,
        _ periods: inout PeriodReader,
        _ store: any EventStore
    ) async throws {
        let access = try await permission.aggregates(of: document.site)
        guard !document.include.excluded || access.key != nil else {
            throw Problem(.forbidden, "for include.excluded a read key is needed", field: "include")
        }
        var document = document
        try document.use(access.site.segments)
        let zone = document.zone ?? access.site.zone
        let period = try await Self.period(document, access.site, zone, &periods)
        var query = Query(document, site: access.site.id, period: period, zone: zone)
        query.use(access.site)
        query = try access.narrowed(query)
        try query.checkCombinations()
        if let goal = query.unknownGoal { throw QueryRefusal.unknownGoal(goal) }
        (self.document, site, self.query) = (document, access.site, query)
        compared = try await Self.compared(query, document, &periods)
        leftOut = document.include.excluded ? try await store.leftOut(of: query.site, in: query.period) : nil
    }

    /// All queries that have to be answered.
    var queries: [Query] { [query] + (compared.map { [$0] } ?? []) }

    /// The refusal of a query whose hits are not kept, which tells if it is about the period of the comparison.
    ///
    /// - Parameter error: The error of one of `queries`.
    /// - Returns: The refusal; nil if the error is not about one of them.
    func refusal(of error: QueryError) -> QueryRefusal? {
        guard case .notKept(_, let refused) = error else { return nil }
        if refused == query { return QueryRefusal("date_range", error.description) }
        return refused == compared ? QueryRefusal.at("include/compare", error.description) : nil
    }

    /// The answer.
    ///
    /// - Parameter reports: The answers to `queries`.
    /// - Returns: The answer as JSON.
    func json(of reports: some Collection<Report>) -> JSON {
        let comparison = compared.flatMap { other in
            reports.dropFirst().first.map { ReportComparison(other, $0) }
        }
        return reports.first?.json(to: query, document, site: site, comparison, leftOut) ?? .raw("null")
    }

    /// The period of a query; that of a day, month or year may be wanted to end with today.
    private static func period(
        _ document: QueryDocument,
        _ site: Site,
        _ zone: String,
        _ periods: inout PeriodReader
    ) async throws -> Period {
        let period = try await periods.period(document.range, of: site.id, zone: zone)
        guard document.include.trimRelativeDateRange, [.day, .month, .year].contains(document.range) else {
            return period
        }
        let today = try await periods.period(.day, of: site.id, zone: zone)
        return Period(from: period.start, to: min(period.end, today.end)) ?? period
    }

    private static func compared(
        _ query: Query,
        _ document: QueryDocument,
        _ periods: inout PeriodReader
    ) async throws -> Query? {
        guard let compare = document.include.compare else { return nil }
        let range = compare.range(for: query.period, isAligned: document.include.matchDayOfWeek)
        var other = query
        other.period = try await periods.period(range, of: query.site, zone: query.zone)
        (other.limit, other.offset, other.order) = (Query.limits.groups, 0, [])
        return other
    }
}
