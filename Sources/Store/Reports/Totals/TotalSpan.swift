import Analytics
import Postgres

/// The dates of a site whose hits retention has dropped.
struct TotalSpan: Hashable, Sendable {
    /// The zone of the dates.
    let zone: String
    /// True if it is the zone of the site still.
    let isCurrent: Bool
    /// The midnight from which on the totals of dates are known; nil if they are from the first hit on.
    let since: Timestamp?
    /// The first date with a total; nil if there is none.
    let first: Timestamp?
    /// The midnight from which on hits are kept.
    let until: Timestamp
    /// The date that it begins, as in ISO 8601.
    let keptDate: String

    /// True if a question is about dropped hits.
    ///
    /// - Parameters:
    ///   - period: The period of the question.
    ///   - withBots: True if it is about hits of machines too, which no total tells.
    /// - Returns: True or false.
    func lacks(_ period: Period, withBots: Bool = false) -> Bool {
        guard period.start < until, period.start < period.end else { return false }
        guard since == nil, !withBots else { return true }
        return first.map { $0 < min(period.end, until) } ?? false
    }
}

/// Reads the dates of sites whose hits have been dropped.
struct TotalSpans: Statement {
    static let sql = """
        SELECT span.site_id, span.zone, span.zone = site.zone, CASE WHEN isfinite(span.since) THEN span.since END, \
        (SELECT min(date)::timestamp AT TIME ZONE span.zone FROM day_total AS total \
        WHERE total.site_id = span.site_id AND total.zone = span.zone), \
        span.until, (span.until AT TIME ZONE span.zone)::date::text \
        FROM total_span AS span JOIN site ON site.id = span.site_id \
        WHERE span.site_id = ANY($1::integer[]) AND isfinite(span.until)
        """
    let sites: Set<SiteID>
    var parameters: Parameters { Parameters(PostgresArray(sites.map(\.rawValue))) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, span: TotalSpan) {
        let (site, zone, isCurrent, since, first, until, date) = try row.decode(
            (SiteID, String, Bool, PostgresTimestamp?, PostgresTimestamp?, PostgresTimestamp, String).self
        )
        let span = TotalSpan(
            zone: zone,
            isCurrent: isCurrent,
            since: since.map { Timestamp($0) },
            first: first.map { Timestamp($0) },
            until: Timestamp(until),
            keptDate: date
        )
        return (site, span)
    }
}

extension Connection {
    /// The most times that a question is asked again since hits were dropped meanwhile, which happens once a week.
    private static let mostAttempts = 3

    /// Asks a question about sites of which no hits are dropped meanwhile.
    ///
    /// - Parameters:
    ///   - sites: The sites.
    ///   - question: The question, which gets the dates whose hits have been dropped.
    /// - Returns: The answer.
    /// - Throws: The error of `question`, a `PostgresError`, or a `QueryError`
    func whileKept<Answer: Sendable>(
        of sites: Set<SiteID>,
        _ question: @Sendable ([SiteID: TotalSpan]) async throws -> Answer
    ) async throws -> Answer {
        var spans = try await totalSpans(of: sites)
        for _ in 0..<Self.mostAttempts {
            let answer = try await question(spans)
            // Rows that are dropped are gone for transactions that began before, too.
            let after = try await totalSpans(of: sites)
            if after == spans { return answer }
            spans = after
        }
        throw QueryError.unavailable(reason: "hits are being dropped")
    }

    private func totalSpans(of sites: Set<SiteID>) async throws -> [SiteID: TotalSpan] {
        let rows = try await execute(TotalSpans(sites: sites))
        return Dictionary(rows.map { ($0.site, $0.span) }) { first, _ in first }
    }
}
