import Analytics
import Columns
import Postgres

extension PostgresStore {
    /// Answers queries from the hits, by as few passes as their periods allow.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - begin: Called before anything is read.
    /// - Returns: The answers, in the order of the queries.
    /// - Throws: A `QueryError`
    func hitReports(_ queries: [Query], _ begin: @Sendable () -> Void) async throws -> [Report] {
        try await report { connection in
            begin()
            let moment = Timestamp.now
            var reports: [Int: Report] = [:]
            for batch in QueryBatch.batches(of: queries) {
                let answers = try await self.answers(to: batch, connection)
                for (place, answer) in zip(batch.places, answers) {
                    reports[place] = answer
                    reports[place]?.moment = moment
                }
            }
            return queries.indices.compactMap { reports[$0] }
        }
    }

    /// The answers to the queries of a batch, of which those about unchanged parts may be known.
    private func answers(to batch: QueryBatch, _ connection: Connection) async throws -> [Report] {
        let timeline: Timeline
        let edition: Int?
        do {
            (timeline, edition) = try await self.timeline(for: batch, connection)
        } catch QueryError.invalid(.hits) {
            return try await slicedAnswers(to: batch, connection)
        }
        var reports = batch.queries.map { query in
            edition.flatMap { answers.report(AskedQuery(query), edition: $0) }
        }
        let open = reports.indices.filter { reports[$0] == nil }
        let scans = try await connection.scans(of: open.map { batch.queries[$0] }, timeline)
        let start = ContinuousClock.now
        for (place, report) in zip(open, await ScanPass.reports(of: scans, by: workers)) {
            guard let report else { throw QueryError.invalid(.groups) }
            reports[place] = report
            if let edition { answers.keep(report, to: AskedQuery(batch.queries[place]), edition: edition) }
        }
        if !open.isEmpty { observeScan(start.duration(to: .now)) }
        return reports.compactMap(\.self)
    }

    /// The parts of a batch, with their edition; nil if they are not kept.
    private func timeline(for batch: QueryBatch, _ connection: Connection) async throws -> (Timeline, edition: Int?) {
        let refresh = PartRefresh(
            connection: connection,
            site: batch.site,
            days: batch.days,
            withBots: batch.includesBots,
            limit: parts.limit,
            record: partRecord
        )
        guard !batch.includesBots else { return (try await refresh.parts(nil).timeline(batch.days), nil) }
        return try await parts.timeline(of: batch.site, batch.days) { try await refresh.parts($0) }
    }

    /// The answers to a batch whose parts are too large to be in memory together.
    private func slicedAnswers(to batch: QueryBatch, _ connection: Connection) async throws -> [Report] {
        let start = ContinuousClock.now
        let reports = try await connection.snapshot { connection in
            var slices = PartSlices(connection, batch, limit: parts.limit, storing: ingest, record: partRecord)
            var (totals, scans) = (ScanTotals(), [Scan]())
            while let (timeline, visitors) = try await slices.next() {
                scans = try await connection.scans(of: batch.queries, timeline)
                await totals.add(scans, visitors, by: workers)
            }
            return totals.reports(to: scans)
        }
        observeScan(start.duration(to: .now))
        return try reports.map { report in
            guard let report else { throw QueryError.invalid(.groups) }
            return report
        }
    }
}

extension Connection {
    /// Prepares queries of a batch for a pass.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - timeline: The parts.
    /// - Returns: The scans, in the order of the queries.
    /// - Throws: A `PostgresError`, or a `QueryError`
    fileprivate func scans(of queries: [Query], _ timeline: Timeline) async throws -> [Scan] {
        guard let first = queries.first else { return [] }
        let users = queries.contains { $0.usedDimensions.contains(.visit(.user)) } ? try await users(of: first.site) : [:]
        let tables = QueryTables(queries, timeline, users: users)
        var masks: [Filter.Test: Mask] = [:]
        for test in queries.flatMap(\.filters).flatMap(\.tests) where test.needsDatabase && masks[test] == nil {
            guard let values = tables.attributes[test.dimension] else { continue }
            masks[test] = try await mask(of: test, over: values)
        }
        var known: [BucketKey: Buckets] = [:]
        var scans: [Scan] = []
        for query in queries {
            var buckets: [TimeUnit: Buckets] = [:]
            for case .time(let unit) in query.dimensions {
                let key = BucketKey(unit: unit, period: query.period, zone: query.zone)
                if known[key] == nil { known[key] = try await self.buckets(of: unit, query.period, zone: query.zone) }
                buckets[unit] = known[key]
            }
            scans.append(Scan(query, timeline, tables, buckets: buckets, masks: masks))
        }
        return scans
    }

    private struct BucketKey: Hashable {
        let unit: TimeUnit
        let period: Period
        let zone: String
    }
}
