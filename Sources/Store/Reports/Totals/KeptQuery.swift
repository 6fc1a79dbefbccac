import Analytics
import Postgres

/// A query as hits and totals answer it: about the hits that are kept, and the totals of the dates before.
struct KeptQuery: Sendable {
    /// The query for the part of the period whose hits are kept, which may be none.
    let query: Query
    /// The whole period.
    let period: Period
    /// The totals of the dates before; those without a hit have none.
    let dates: [DatedTotal]
    /// The first moment whose hits are kept; nil if the whole period is answered from hits.
    let keptSince: Timestamp?

    /// A query that is answered from hits alone.
    init(_ query: Query) {
        self.query = query
        period = query.period
        dates = []
        keptSince = nil
    }

    private init(_ query: Query, _ kept: Period, _ dates: [DatedTotal], since: Timestamp) {
        var own = query
        own.period = kept
        self.query = own
        period = query.period
        self.dates = dates
        keptSince = since
    }

    /// Divides a query.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - span: The dates of its site whose hits have been dropped; nil if there are none.
    ///   - connection: A connection.
    /// - Throws: A `PostgresError`, or a `QueryError` if neither hits nor totals tell the answer.
    init(_ query: Query, _ span: TotalSpan?, _ connection: Connection) async throws {
        guard let span, span.lacks(query.period, withBots: query.includesBots) else {
            self.init(query)
            return
        }
        let (start, end) = (query.period.start, query.period.end)
        let refusal = QueryError.notKept(since: span.keptDate, query)
        guard query.isOfTotals(isOneDate: true), span.isCurrent, span.zone == query.zone, span.since ?? start <= start,
            let kept = Period(from: min(max(start, span.until), end), to: end)
        else { throw refusal }
        let compared = try await connection.execute(
            ComparedMidnights(zone: span.zone, start: start, end: min(end, span.until))
        )
        guard let borders = compared.first, borders.areMidnights,
            query.isOfTotals(isOneDate: borders.count == 1 && end <= span.until)
        else { throw refusal }
        let dates = try await connection.execute(
            DatedTotals(site: query.site, zone: span.zone, start: start, end: min(end, span.until))
        )
        self.init(query, kept, dates, since: span.until)
    }
}

/// Compares two moments with the midnights of a zone.
private struct ComparedMidnights: Statement {
    static let sql = """
        SELECT first::timestamp AT TIME ZONE $1 = $2 AND last::timestamp AT TIME ZONE $1 = $3, last - first \
        FROM (SELECT ($2::timestamptz AT TIME ZONE $1)::date AS first, ($3::timestamptz AT TIME ZONE $1)::date AS last) AS own
        """
    let zone: String
    let start: Timestamp
    let end: Timestamp
    var parameters: Parameters { Parameters(zone, start, end) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (areMidnights: Bool, count: Int) {
        let (areMidnights, count) = try row.decode((Bool, Int).self)
        return (areMidnights, count)
    }
}

/// Reads the totals of the dates of a site that begin between two moments.
private struct DatedTotals: Statement {
    static let sql = """
        SELECT date::timestamp AT TIME ZONE zone, visitors, visits, pageviews, events, bounces, duration, \
        visit_pageviews, visit_events, hits_without_visitor, has_dated_visitors FROM day_total \
        WHERE site_id = $1 AND zone = $2 AND date >= ($3::timestamptz AT TIME ZONE $2)::date \
        AND date < ($4::timestamptz AT TIME ZONE $2)::date ORDER BY date
        """
    let site: SiteID
    let zone: String
    let start: Timestamp
    let end: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, zone, start, end) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> DatedTotal {
        var total = DayTotal()
        let start: PostgresTimestamp
        (
            start, total.visitors, total.visits, total.pageviews, total.events, total.bounces, total.duration,
            total.visitPageviews, total.visitEvents, total.hitsWithoutVisitor, total.hasDatedVisitors
        ) = try row.decode(
            (PostgresTimestamp, Int, Int, Int, Int, Int, Int, Int, Int, Int, Bool).self
        )
        return DatedTotal(start: Timestamp(start), total)
    }
}
