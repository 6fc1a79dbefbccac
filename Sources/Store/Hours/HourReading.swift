import Analytics
import Postgres

/// The reading of the hours that end at many moments, from the aggregates and the events as of one moment.
struct HourReading: Sendable {
    let connection: Connection
    let site: SiteID
    let steps: HourSteps
    /// The reading ends here with an error.
    let deadline: ContinuousClock.Instant

    /// The most clock hours of one statement.
    private static let longestStretch = 240

    /// - Throws: A `PostgresError` or a `QueryError`.
    func reports() async throws -> [HourReport] {
        guard let last = steps.moments.last else { return [] }
        let hours = try await connection.clockHours(of: site, within: Self.range(from: steps.first, through: last))
        // Where events have been dropped, only the counts of whole seconds are left.
        let kept = Timestamp(milliseconds: hours.keptSince).advanced(by: HourReport.length)
        let (dropped, others) = steps.split(at: kept)
        if dropped.inWholeSeconds.first == dropped.first { return try await sweep(steps, hours) }
        return try await sweep(dropped.inWholeSeconds, hours) + sweep(others, hours)
    }

    /// The clock hours of the windows that end from one moment to another, in milliseconds since 1970.
    private static func range(from first: Timestamp, through last: Timestamp) -> Range<Int> {
        let hour = ClockHours.hour
        let start = (first.milliseconds / hour - 1) * hour
        return start..<(last.milliseconds / hour + 1) * hour
    }

    private func sweep(_ steps: HourSteps, _ hours: ClockHours) async throws -> [HourReport] {
        var sweep = HourSweep(steps)
        let isWhole = steps.inWholeSeconds == steps
        for stretch in hours.stretches(of: ranges(of: steps), longest: Self.longestStretch) {
            guard ContinuousClock.now < deadline else { throw QueryError.tooSlow }
            let views = hours.views(from: stretch.ranges.first?.lowerBound ?? 0)
            try await addUsers(of: stretch, views.users, to: &sweep)
            let seconds = stretch.isAggregated && isWhole ? views.seconds : nil
            try await addEvents(of: stretch, seconds, to: &sweep)
        }
        return sweep.reports
    }

    /// The clock hours that windows reach into, in order and without gaps where the windows have none.
    private func ranges(of steps: HourSteps) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for moment in steps.moments { ranges.append(joining: Self.range(from: moment, through: moment)) }
        return ranges
    }

    /// Adds the users of a stretch, from a view of the hours or from the events.
    private func addUsers(of stretch: ClockHours.Stretch, _ view: String, to sweep: inout HourSweep) async throws {
        let sql =
            stretch.isAggregated
            ? """
            SELECT first_seen, last_seen, user_id FROM \(view)
             WHERE site_id = $1 AND hour >= $2 AND hour < $3 AND hour = ANY($4::timestamptz[]) ORDER BY hour
            """
            : """
            SELECT min(ts), max(ts), user_id
              FROM \(Self.parts) JOIN event ON ts >= low AND ts < high
             WHERE site_id = $1 AND ts >= $2 AND ts < $3
             GROUP BY date_trunc('hour', ts, 'UTC'), user_id ORDER BY date_trunc('hour', ts, 'UTC')
            """
        sweep = try await rows(sql, stretch, byHours: stretch.isAggregated, sweep) { row, sweep in
            let (first, last) = (try row.time(at: 0), try row.time(at: 1))
            try sweep.add(User(stored: try row.binaryText(at: 2) ?? ""), first: first, last: last)
        }
    }

    /// Adds the counts of a stretch, from a view of the seconds, or from the events without one.
    private func addEvents(
        of stretch: ClockHours.Stretch,
        _ view: String?,
        to sweep: inout HourSweep
    ) async throws {
        // A second is in a window that ends at its beginning with the events exactly there alone.
        let sql =
            if let view {
                """
                SELECT second, sharp_clicks, sharp_impressions, clicks - sharp_clicks, impressions - sharp_impressions
                  FROM \(Self.parts) JOIN \(view) ON second >= low AND second < high
                 WHERE site_id = $1 AND second >= $2 AND second < $3
                """
            } else {
                """
                SELECT ts, count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2), 0::bigint, 0::bigint
                  FROM \(Self.parts) JOIN event ON ts >= low AND ts < high
                 WHERE site_id = $1 AND ts >= $2 AND ts < $3 GROUP BY ts
                """
            }
        sweep = try await rows(sql, stretch, sweep) { row, sweep in
            let time = try row.time(at: 0)
            let counts = try (1...4).map { try row.integer(at: $0) ?? 0 }
            let end = time + ClockHours.hour
            try sweep.add(clicks: counts[0], impressions: counts[1], from: time, through: end)
            if counts[2] + counts[3] > 0 {
                try sweep.add(clicks: counts[2], impressions: counts[3], from: time + 1000, through: end)
            }
        }
    }

    /// The times of a stretch, as rows.
    private static let parts = "unnest($4::timestamptz[], $5::timestamptz[]) AS part (low, high)"

    /// Adds the rows of a query about a stretch.
    ///
    /// - Parameters:
    ///   - sql: The query; `$2` and `$3` are the ends of the stretch, the others are its hours, or the starts and ends
    ///     of its ranges.
    ///   - stretch: The stretch.
    ///   - byHours: True for the hours.
    ///   - sweep: What is added to.
    ///   - add: The adding of a row.
    /// - Returns: The sum.
    /// - Throws: A `PostgresError`, or the error of `add`.
    private func rows(
        _ sql: String,
        _ stretch: ClockHours.Stretch,
        byHours: Bool = false,
        _ sweep: HourSweep,
        _ add: @Sendable (borrowing StreamedRow, inout HourSweep) throws -> Void
    ) async throws -> HourSweep {
        guard let first = stretch.ranges.first, let last = stretch.ranges.last else { return sweep }
        var parameters = Parameters(
            site.rawValue,
            Timestamp(milliseconds: first.lowerBound),
            Timestamp(milliseconds: last.upperBound)
        )
        if byHours {
            parameters.append(PostgresArray(moments: stretch.hours))
        } else {
            parameters.append(PostgresArray(moments: stretch.ranges.map(\.lowerBound)))
            parameters.append(PostgresArray(moments: stretch.ranges.map(\.upperBound)))
        }
        return try await connection.fold(PostgresQuery(sql, parameters), from: sweep, add)
    }
}

extension PostgresArray {
    /// An array of moments in milliseconds since 1970.
    init(moments: [Int]) {
        self.init(of: .timestamptz, moments.map { Timestamp(milliseconds: $0) })
    }
}

extension Connection {
    /// Adds the rows of a query, one by one and in binary format, to a value.
    fileprivate func fold<R: Sendable>(
        _ query: PostgresQuery,
        from value: R,
        _ add: @Sendable (borrowing StreamedRow, inout R) throws -> Void
    ) async throws -> R {
        try await stream(query, limit: .none, as: .binary) { stream in
            var result = value
            while let row = try stream.next() { try add(row, &result) }
            return result
        }
    }
}

extension StreamedRow {
    /// A moment in milliseconds since 1970.
    fileprivate borrowing func time(at column: Int) throws(PostgresDecodingError) -> Int {
        guard let microseconds = try integer(at: column) else { throw PostgresDecodingError(reason: "no moment") }
        return Timestamp(PostgresTimestamp(microseconds: microseconds)).milliseconds
    }
}
