import Analytics
import Postgres

extension PostgresQuery {
    /// Asks for the start and end of a range of dates in a zone.
    ///
    /// A midnight that a zone skips is the moment after the gap, and of one that comes twice the later counts.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - date: The date that counts as today; nil for the current one.
    ///   - site: The site, whose first hit may count.
    ///   - zone: The zone.
    /// - Throws: An error of the value for a text with NUL.
    init(_ range: DateRange, on date: String?, of site: SiteID, zone: String) throws(PostgresError) {
        var parameters = Parameters()
        try parameters.append(text: zone)
        try parameters.append(text: date)
        let (start, end) = try range.moments(site, &parameters)
        self.init(
            """
            WITH day AS (SELECT coalesce($2::date, (now() AT TIME ZONE $1)::date) AS today), months AS (
                SELECT today, date_trunc('month', today::timestamp) AS month,
                       date_trunc('year', today::timestamp) AS year FROM day
            )
            SELECT \(start), \(end) FROM months
            """,
            parameters
        )
    }
}

extension DateRange {
    /// The moments of the start and the end in SQL; their parameters follow the two that are there.
    fileprivate func moments(_ site: SiteID, _ parameters: inout Parameters) throws(PostgresError) -> (String, String) {
        guard case .clock(let first, let last) = self else {
            // While the clock is put back, the last hour would be empty on it.
            if self == .lastHour { return ("now() - INTERVAL '1 hour'", "now()") }
            let (first, end) = try bounds(site, &parameters)
            return ("(\(first))::timestamp AT TIME ZONE $1", "(\(end))::timestamp AT TIME ZONE $1")
        }
        try parameters.append(text: first)
        try parameters.append(text: last)
        let (start, end) = ("($3::timestamp AT TIME ZONE $1)", "($4::timestamp AT TIME ZONE $1)")
        // Of a minute that comes twice, PostgreSQL takes the later one.
        let earlier = "(\(start) - INTERVAL '1 hour')"
        return (
            "CASE WHEN \(earlier) AT TIME ZONE $1 = $3::timestamp THEN \(earlier) ELSE \(start) END",
            "\(end) + INTERVAL '1 minute'"
        )
    }

    /// The local start and end in SQL; their parameters follow the two that are there.
    fileprivate func bounds(_ site: SiteID, _ parameters: inout Parameters) throws(PostgresError) -> (String, String) {
        switch self {
        case .day: return ("today", "today + 1")
        case .week:
            return ("date_trunc('week', today::timestamp)", "date_trunc('week', today::timestamp) + INTERVAL '7 days'")
        case .weekFromSunday:
            let start = "date_trunc('week', today::timestamp + INTERVAL '1 day') - INTERVAL '1 day'"
            return (start, "\(start) + INTERVAL '7 days'")
        case .month: return ("month", "month + INTERVAL '1 month'")
        case .year: return ("year", "year + INTERVAL '1 year'")
        case .lastYear: return ("year - INTERVAL '1 year'", "year")
        case .lastHour: return ("(now() - INTERVAL '1 hour') AT TIME ZONE $1", "now() AT TIME ZONE $1")
        case .lastDay: return ("(now() - INTERVAL '24 hours') AT TIME ZONE $1", "now() AT TIME ZONE $1")
        case .days(let count):
            try parameters.append(text: "\(count)")
            return ("today - $3::integer", "today")
        case .months(let count):
            try parameters.append(text: "\(count)")
            return ("month - $3::integer * INTERVAL '1 month'", "month")
        case .monthsThrough(let count):
            try parameters.append(text: "\(count - 1)")
            return ("month - $3::integer * INTERVAL '1 month'", "month + INTERVAL '1 month'")
        case .all:
            parameters.append(site.rawValue)
            return ("coalesce(\(Self.first), today)::date", "today + 1")
        // These are minutes, and not the end of the last one.
        case .dates(let first, let last), .clock(let first, let last):
            try parameters.append(text: first)
            try parameters.append(text: last)
            return ("$3::date", "$4::date + 1")
        case .moments(let period): return Self.moved(period, by: "INTERVAL '0'", &parameters)
        case .before(let period, let isAligned):
            let length = "(\(Self.localEnd) - \(Self.localStart))"
            // Whole days back, so that the days of the week are the same ones.
            let days = "ceil(extract(epoch FROM \(length)) / 604800) * INTERVAL '7 days'"
            return Self.moved(period, by: isAligned ? days : length, &parameters)
        case .yearBefore(let period, let isAligned):
            return Self.moved(period, by: isAligned ? "INTERVAL '364 days'" : "INTERVAL '1 year'", &parameters)
        }
    }

    /// The first date with a total or a hit, on the clock of the zone; totals are of dates of their own zone.
    ///
    /// Hits that are left of dates with totals, and those of dates of which nothing is known, do not count.
    private static let first = """
        (WITH span AS (
            SELECT zone, since, until, zone = $1 AS is_same FROM total_span WHERE site_id = $3 AND isfinite(until)
        ), found AS (
            SELECT least(
                (SELECT min(date)::timestamp AT TIME ZONE span.zone FROM span, day_total AS total
                  WHERE total.site_id = $3 AND total.zone = span.zone AND is_same
                    AND date::timestamp AT TIME ZONE span.zone >= since
                  GROUP BY span.zone),
                (SELECT min(ts) FROM hit_row
                  WHERE site_id = $3 AND ts >= coalesce((SELECT until FROM span), '-infinity')),
                (SELECT min(ts) FROM event WHERE site_id = $3)
            ) AS ts, (SELECT CASE WHEN is_same THEN since ELSE until END FROM span) AS since
        )
        SELECT greatest((ts AT TIME ZONE $1)::date, (first_midnight(since, $1) AT TIME ZONE $1)::date)
          FROM found WHERE ts IS NOT NULL)
        """
    private static let localStart = "($3::timestamptz AT TIME ZONE $1)"
    private static let localEnd = "($4::timestamptz AT TIME ZONE $1)"

    /// A period that is moved back by an interval in SQL, on the clock of the zone.
    private static func moved(_ period: Period, by interval: String, _ parameters: inout Parameters) -> (String, String)
    {
        parameters.append(period.start)
        parameters.append(period.end)
        return ("\(localStart) - \(interval)", "\(localEnd) - \(interval)")
    }
}
