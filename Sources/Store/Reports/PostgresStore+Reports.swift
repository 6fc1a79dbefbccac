package import Analytics
import Columns
import Postgres

extension PostgresStore {
    package func buckets(of unit: TimeUnit, in period: Period, zone: String) async throws -> Buckets {
        try await report { try await $0.buckets(of: unit, period, zone: zone) }
    }

    package func period(
        _ range: DateRange,
        on date: String?,
        of site: SiteID,
        zone: String
    ) async throws -> Period {
        // A moment that comes twice on the clock of a zone would not come back the same.
        if case .moments(let period) = range { return try Period.checked(period.start, period.end) }
        let query = try PostgresQuery(range, on: date, of: site, zone: zone)
        return try await report { connection in
            let periods = try await connection.execute(query) { row in
                let (start, end) = try row.decode((PostgresTimestamp, PostgresTimestamp).self)
                return try Period.checked(Timestamp(start), Timestamp(end))
            }
            guard let period = periods.first else { throw QueryError.invalid(.period) }
            return period
        }
    }

    package func report(_ query: Query) async throws -> Report {
        try await joined.report(AskedQuery(query)) { begin in
            query.basis == .event ? try await eventReport(query, begin) : try await hitReport(query, begin)
        }
    }

    /// The answer from the events, and from the hits as far as it needs them.
    private func eventReport(_ query: Query, _ begin: @Sendable () -> Void) async throws -> Report {
        let hits = try await reportOfHits(in: query, begin)
        return try await report { connection in
            begin()
            let moment = hits?.moment ?? .now
            let buckets = try await connection.buckets(for: query)
            let groups = EventGroups(query, buckets)
            guard groups.starts.count <= Query.limits.groups else { throw QueryError.invalid(.groups) }
            let counts = try await connection.snapshot { connection in
                try await EventReading(connection: connection, query: query, groups: groups).counts()
            }
            return EventReport(query: query, groups: groups, counts: counts, hits: hits).report(at: moment)
        }
    }

    /// The answer about the metrics of a query that are not of the hour; nil if it has none.
    private func reportOfHits(in query: Query, _ begin: @Sendable () -> Void) async throws -> Report? {
        guard let others = EventReport.others(of: query) else { return nil }
        do {
            return try await hitReport(others, begin)
        } catch QueryError.notKept(let since, _) {
            throw QueryError.notKept(since: since, query)
        }
    }

    package func reports(_ queries: [Query]) async throws -> [Report] {
        if queries.count == 1 { return [try await report(queries[0])] }
        var reports: [Int: Report] = [:]
        let ofHits = queries.indices.filter { queries[$0].basis != .event }
        for (place, report) in zip(ofHits, try await hitReports(ofHits.map { queries[$0] }, {})) {
            reports[place] = report
        }
        for place in queries.indices where reports[place] == nil { reports[place] = try await report(queries[place]) }
        return queries.indices.compactMap { reports[$0] }
    }

    /// The answer from the hits.
    private func hitReport(_ query: Query, _ begin: @Sendable () -> Void) async throws -> Report {
        try await hitReports([query], begin)[0]
    }

    /// Lends a connection for a report.
    ///
    /// - Throws: A `QueryError`
    func report<R: Sendable>(_ question: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            return try await reporting.withConnection(question)
        } catch let error as PostgresError where error.state == .invalidParameterValue {
            throw QueryError.invalid(.zone)
        } catch let error as PostgresError where error.state.category == "22" {
            throw QueryError.invalid(.period)
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }
}

extension Period {
    /// The longest period, in milliseconds.
    private static let longest = Query.limits.years * 366 * 86_400_000

    /// - Throws: A `QueryError` if the end is before the start, or too long after it.
    fileprivate static func checked(_ start: Timestamp, _ end: Timestamp) throws(QueryError) -> Period {
        guard end.milliseconds - start.milliseconds <= longest, let period = Period(from: start, to: end) else {
            throw .invalid(.period)
        }
        return period
    }
}

extension Connection {
    /// The names of the users of a site by their visitors.
    func users(of site: SiteID) async throws -> [Visitor: String] {
        let persons = PostgresQuery(
            "SELECT visitor, user_id FROM person WHERE site_id = $1",
            Parameters(site.rawValue)
        )
        let limit = RowLimit(rows: Query.limits.groups, bytes: .max)
        return try await stream(persons, limit: limit, as: .binary) { stream in
            var users: [Visitor: String] = [:]
            while let row = try stream.next() {
                guard let visitor = try row.integer(at: 0), let name = try row.binaryText(at: 1) else { continue }
                users[Visitor(rawValue: UInt64(bitPattern: Int64(visitor)))] = name
            }
            guard !stream.isTruncated else { throw QueryError.invalid(.groups) }
            return users
        }
    }

    /// The midnights in the zone of a site.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - days: The days (UTC) whose hits are between them, in days since 1970.
    /// - Returns: The midnights.
    /// - Throws: A `PostgresError`
    func dates(of site: SiteID, _ days: ClosedRange<Int>) async throws -> DateBorders {
        let query = PostgresQuery(
            """
            SELECT date::timestamp AT TIME ZONE site.zone FROM site, generate_series(
                date_trunc('day', $2::timestamptz AT TIME ZONE site.zone), $3::timestamptz AT TIME ZONE site.zone,
                INTERVAL '1 day') AS date
            WHERE site.id = $1 ORDER BY date
            """,
            Parameters(
                site.rawValue,
                Timestamp(milliseconds: days.lowerBound * Part.length),
                Timestamp(milliseconds: (days.upperBound + 1) * Part.length)
            )
        )
        let midnights = try await execute(query) { row in
            let moment = try row.decode(PostgresTimestamp.self)
            return Timestamp(moment)
        }
        return DateBorders(midnights)
    }

    /// The buckets of the dimensions of time.
    func buckets(for query: Query) async throws -> [TimeUnit: Buckets] {
        var buckets: [TimeUnit: Buckets] = [:]
        for case .time(let unit) in query.dimensions {
            buckets[unit] = try await self.buckets(of: unit, query.period, zone: query.zone)
        }
        return buckets
    }

    func buckets(of unit: TimeUnit, _ period: Period, zone: String) async throws -> Buckets {
        let query = try PostgresQuery(bucketsOf: unit, period, zone: zone)
        let rows = try await execute(query) { row in
            let (start, label) = try row.decode((PostgresTimestamp, String).self)
            return (start: Timestamp(start), label: label)
        }
        return Buckets(starts: rows.map(\.start), labels: rows.map(\.label))
    }
}
