import Analytics
import Postgres

/// The counting of the users, clicks and impressions of groups of time, from the aggregates and the events as of one
/// moment.
///
/// A clock hour that lies in one group counts from its aggregates; what a group or the period cuts, and hours whose
/// aggregates do not show everything, count from the events.
struct EventReading: Sendable {
    let connection: Connection
    let query: Query
    let groups: EventGroups

    /// The numbers of a group.
    struct Counts: Sendable {
        let users: Int
        let clicks: Int
        let impressions: Int
    }

    /// The times that are read from either, in milliseconds since 1970.
    private struct Ranges {
        var aggregated: [Range<Int>] = []
        var events: [Range<Int>] = []
        /// The clock hours whose events have been dropped in part of their group.
        var dropped: [Int] = []
    }

    /// - Returns: The counts of the groups that have events, by their numbers.
    /// - Throws: A `PostgresError`, or a `QueryError` where events have been dropped that would have to be counted.
    func counts() async throws -> [Int: Counts] {
        let hour = ClockHours.hour
        let period = query.period.start.milliseconds..<query.period.end.milliseconds
        guard !period.isEmpty else { return [:] }
        // Rounded down also before 1970.
        let first = (period.lowerBound - (period.lowerBound % hour + hour) % hour)
        let hours = try await connection.clockHours(of: query.site, within: first..<period.upperBound)
        let ranges = ranges(period, from: first, hours)
        try await refuseDropped(ranges.dropped)
        try await connection.run("SET LOCAL work_mem = '64MB'")
        let rows = try await connection.execute(counting(ranges, hours.views(from: first).users)) { row in
            let (group, users, clicks, impressions) = try row.decode((Int, Int, Int, Int).self)
            return (group, Counts(users: users, clicks: clicks, impressions: impressions))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Divides the period by clock hours.
    private func ranges(_ period: Range<Int>, from first: Int, _ hours: ClockHours) -> Ranges {
        let hour = ClockHours.hour
        var ranges = Ranges()
        var next = groups.starts.map(\.milliseconds)[...]
        for start in stride(from: first, to: period.upperBound, by: hour) {
            while let border = next.first, border <= start { next.removeFirst() }
            let isCut =
                start < period.lowerBound || start + hour > period.upperBound
                || next.first.map { $0 < start + hour } ?? false
            if hours.isAggregated(start), !isCut {
                ranges.aggregated.append(joining: start..<(start + hour))
            } else {
                let range = max(start, period.lowerBound)..<min(start + hour, period.upperBound)
                ranges.events.append(joining: range)
                if range.lowerBound < hours.keptSince { ranges.dropped.append(start) }
            }
        }
        return ranges
    }

    /// Refuses to count a part of an hour of which only the aggregates are left.
    private func refuseDropped(_ hours: [Int]) async throws {
        guard !hours.isEmpty else { return }
        let found = PostgresQuery(
            "SELECT 1 FROM user_hour WHERE site_id = $1 AND hour = ANY($2::timestamptz[]) LIMIT 1",
            Parameters(query.site.rawValue, PostgresArray(moments: hours))
        )
        guard try await connection.execute(found, { _ in true }).isEmpty else { throw QueryError.invalid(.dropped) }
    }

    /// The query that counts ranges of time, of the hours from a view.
    private func counting(_ ranges: Ranges, _ view: String) -> PostgresQuery {
        let group = { (time: String) in "($3::int[])[width_bucket(\(time), $2::timestamptz[])]" }
        let isByUser = query.metrics.contains(.users)
        return PostgresQuery(
            """
            WITH seen AS (
                SELECT \(group("hour")) AS number, user_id, clicks, impressions
                  FROM unnest($4::timestamptz[], $5::timestamptz[]) AS part (low, high)
                  JOIN \(view) ON hour >= low AND hour < high
                 WHERE site_id = $1
                UNION ALL
                SELECT \(group("ts")), user_id, (kind = 1)::integer, (kind = 2)::integer
                  FROM unnest($6::timestamptz[], $7::timestamptz[]) AS part (low, high)
                  JOIN event ON ts >= low AND ts < high
                 WHERE site_id = $1
            ), counted AS (
                SELECT number, \(isByUser ? "1" : "0") AS users, sum(clicks) AS clicks, sum(impressions) AS impressions
                  FROM seen GROUP BY number\(isByUser ? ", user_id" : "")
            )
            SELECT number::bigint, sum(users)::bigint, sum(clicks)::bigint, sum(impressions)::bigint
              FROM counted GROUP BY number
            """,
            Parameters(
                query.site.rawValue,
                PostgresArray(moments: groups.starts.map(\.milliseconds)),
                PostgresArray(groups.groups.map { Int32(clamping: $0) }),
                PostgresArray(moments: ranges.aggregated.map(\.lowerBound)),
                PostgresArray(moments: ranges.aggregated.map(\.upperBound)),
                PostgresArray(moments: ranges.events.map(\.lowerBound)),
                PostgresArray(moments: ranges.events.map(\.upperBound))
            )
        )
    }
}
