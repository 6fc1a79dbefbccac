import Analytics
import Postgres

/// Counts the hits of a period that were stored within a minute of their times.
struct InTimeHits: Statement {
    static let sql = """
        SELECT count(*), count(*) FILTER (WHERE flags & 2 <> 0) FROM sent_hit \
        WHERE site_id = $1 AND ts >= $2 AND ts < $3 AND flags & 32 = 0
        """
    let site: SiteID
    let period: Period
    var parameters: Parameters { Parameters(site.rawValue, period.start, period.end) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> HitCounts {
        let (hits, bots) = try row.decode((Int, Int).self)
        return HitCounts(hits: hits, bots: bots)
    }
}

/// Counts the other hits of a period that were stored between two moments, by the date or month of their times.
///
/// A row counts if the time that it stands for and the one between the moments have a common part.
struct ArrivalsBetween: Statement {
    static let sql = """
        SELECT to_char(quarter AT TIME ZONE $4::text, $5::text), sum(hits)::bigint, sum(bots)::bigint, \
        min(arrived), max(arrived + step * INTERVAL '1 second'), max(step) FROM arrival \
        WHERE site_id = $1 AND quarter >= $2 AND quarter < $3 \
        AND arrived + step * INTERVAL '1 second' > $6 AND arrived < $7 GROUP BY 1 ORDER BY 1
        """
    /// The longest period whose hits are told by their dates, in milliseconds.
    private static let longestInDates = 400 * 86_400_000

    let site: SiteID
    let period: Period
    let zone: String
    let before: Timestamp
    let after: Timestamp

    var parameters: Parameters {
        let isLong = period.end.milliseconds - period.start.milliseconds > Self.longestInDates
        return Parameters(
            site.rawValue,
            period.start.rounded(to: ArrivalCounts.quarter),
            period.end,
            zone,
            isLong ? "YYYY-MM" : "YYYY-MM-DD",
            before,
            after
        )
    }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> HitChanges.Arrival {
        let (label, hits, bots, first, last, step) = try row.decode(
            (String, Int, Int, PostgresTimestamp, PostgresTimestamp, Int).self
        )
        guard let stored = Period(from: Timestamp(first), to: Timestamp(last)) else {
            throw PostgresDecodingError(reason: "not a period")
        }
        return HitChanges.Arrival(label: label, counts: HitCounts(hits: hits, bots: bots), stored: stored, step: step)
    }
}

/// Asks for the users of a site whose hits were deleted between two moments.
struct ForgettingsBetween: Statement {
    static let sql = """
        SELECT created_at, ended_at FROM job WHERE site_id = $1 AND kind = 'forget user' \
        AND created_at < $3 AND coalesce(ended_at, 'infinity') >= $2 ORDER BY id DESC LIMIT 1000
        """
    let site: SiteID
    let before: Timestamp
    let after: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, before, after) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> HitChanges.Forgetting {
        let (began, ended) = try row.decode((PostgresTimestamp, PostgresTimestamp?).self)
        return HitChanges.Forgetting(began: Timestamp(began), ended: ended.map { Timestamp($0) })
    }
}

/// Asks for the goals of a site that were added between two moments.
struct GoalsAddedBetween: Statement {
    static let sql = """
        SELECT name, created_at FROM goal WHERE site_id = $1 AND created_at >= $2 AND created_at < $3 \
        ORDER BY created_at, id LIMIT 1000
        """
    let site: SiteID
    let before: Timestamp
    let after: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, before, after) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> HitChanges.AddedGoal {
        let (name, added) = try row.decode((String, PostgresTimestamp).self)
        return HitChanges.AddedGoal(name: name, added: Timestamp(added))
    }
}

/// Counts the visitors of a site who became known to be users between two moments; nil if there are none.
struct AliasesAddedBetween: Statement {
    static let sql = """
        SELECT count(*), min(added_at), max(added_at) FROM alias \
        WHERE site_id = $1 AND added_at >= $2 AND added_at < $3
        """
    let site: SiteID
    let before: Timestamp
    let after: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, before, after) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> HitChanges.AddedAliases? {
        let (count, first, last) = try row.decode((Int, PostgresTimestamp?, PostgresTimestamp?).self)
        guard let first, let last else { return nil }
        return HitChanges.AddedAliases(count: count, first: Timestamp(first), last: Timestamp(last))
    }
}

/// Asks for the moment since which it is noted when hits and aliases come.
struct ArrivalsNotedSince: Statement {
    static let sql = "SELECT applied_at FROM hourglass.schema_migration WHERE name = 'arrival'"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Timestamp {
        let moment = try row.decode(PostgresTimestamp.self)
        return Timestamp(moment)
    }
}
