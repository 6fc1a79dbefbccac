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
            return try await connection.whileKept(of: Set(queries.map(\.site))) { spans in
                var asked: [KeptQuery] = []
                for query in queries { asked.append(try await KeptQuery(query, spans[query.site], connection)) }
                var reports: [Int: Report] = [:]
                for batch in QueryBatch.batches(of: asked) {
                    let answers = try await self.answers(to: batch, connection)
                    for (place, answer) in zip(batch.places, answers) {
                        reports[place] = answer
                        reports[place]?.moment = moment
                        reports[place]?.keptSince = asked[place].keptSince
                    }
                }
                return queries.indices.compactMap { reports[$0] }
            }
        }
    }

    /// The answers to the queries of a batch, of which those about unchanged parts may be known.
    private func answers(to batch: QueryBatch, _ connection: Connection) async throws -> [Report] {
        let timeline: Timeline
        let edition: PartEdition?
        do {
            (timeline, edition) = try await self.timeline(for: batch, connection)
        } catch QueryError.invalid(.hits) {
            return try await slicedAnswers(to: batch, connection)
        }
        // An answer with totals is another one than that of the hits alone.
        let number = edition?.number
        var reports = batch.asked.map { asked in
            asked.keptSince == nil ? number.flatMap { answers.report(AskedQuery(asked.query), edition: $0) } : nil
        }
        let open = reports.indices.filter { reports[$0] == nil }
        guard !open.isEmpty else { return reports.compactMap(\.self) }
        let counting = PartCounting(
            connection: connection,
            timeline: timeline,
            edition: edition,
            known: counts,
            workers: workers,
            observe: observeScan
        )
        for (place, report) in zip(open, try await counting.reports(to: open.map { batch.asked[$0] })) {
            reports[place] = report
            let asked = batch.asked[place]
            if let number, asked.keptSince == nil {
                answers.keep(report, to: AskedQuery(asked.query), edition: number)
            }
        }
        return reports.compactMap(\.self)
    }

    /// Counts hits in other ways than reports do: all at once, or some visitors after others if they are too many.
    ///
    /// - Parameters:
    ///   - query: The question, with the hits that count.
    ///   - count: Counts those of a timeline.
    ///   - add: Adds the counts of other visitors.
    /// - Returns: The counts, with the moment at which they began to be read.
    /// - Throws: A `QueryError`
    func counts<Counts: Sendable>(
        of query: Query,
        _ count: @Sendable (HitSelection) async throws -> Counts,
        add: @Sendable (inout Counts, Counts) -> Void
    ) async throws -> (counts: Counts, moment: Timestamp) {
        try await report { connection in
            let moment = Timestamp.now
            let counts = try await connection.whileKept(of: [query.site]) { spans in
                if let span = spans[query.site], span.lacks(query.period, withBots: query.includesBots) {
                    throw QueryError.notKept(since: span.keptDate, query)
                }
                return try await self.counts(of: query, connection, count, add)
            }
            return (counts, moment)
        }
    }

    private func counts<Counts: Sendable>(
        of query: Query,
        _ connection: Connection,
        _ count: @Sendable (HitSelection) async throws -> Counts,
        _ add: @Sendable (inout Counts, Counts) -> Void
    ) async throws -> Counts {
        let batch = QueryBatch.batches(of: [KeptQuery(query)])[0]
        do {
            let (timeline, _) = try await self.timeline(for: batch, connection)
            return try await count(try await connection.selection(of: query, timeline))
        } catch QueryError.invalid(.hits) {}
        let known = memory(for: batch)
        let sum = try await slicing(batch, connection, known, into: Counts?.none) { sum, connection, timeline, _ in
            let counts = try await count(try await connection.selection(of: query, timeline))
            guard var all = sum else {
                sum = counts
                return
            }
            add(&all, counts)
            sum = all
        }
        guard let sum else { throw QueryError.invalid(.hits) }
        return sum
    }

    /// Counts the numbers of a date, from hits that are about to be dropped.
    ///
    /// The parts are not kept in memory, in place of others that will be asked for.
    ///
    /// - Parameter query: The query for them, by `Query.total`.
    /// - Returns: The numbers.
    /// - Throws: A `QueryError`
    func total(_ query: Query) async throws -> DayTotal {
        try await report { connection in
            let asked = [KeptQuery(query)]
            let batch = QueryBatch.batches(of: asked)[0]
            let refresh = refresh(for: batch, connection)
            do {
                var parts = try await refresh.parts(nil)
                while !parts.missing(of: batch.days).isEmpty { parts = try await refresh.parts(parts) }
                guard let scan = try await connection.scans(of: asked, parts.timeline(batch.days)).first else {
                    throw QueryError.invalid(.hits)
                }
                return await ScanPass.total(of: scan, by: workers)
            } catch QueryError.invalid(.hits) {}
            let sum = try await slicing(batch, connection, into: ScanTotals()) { sum, connection, timeline, visitors in
                await sum.add(try await connection.scans(of: asked, timeline), visitors, by: workers)
            }
            return sum.total
        }
    }

    /// Reads the parts of a batch in slices of visitors, as of one moment.
    ///
    /// - Parameters:
    ///   - batch: The batch, whose parts are too large to be in memory together.
    ///   - connection: A connection.
    ///   - memory: The parts that are kept in memory, as they were before; they are kept as they are then.
    ///   - sum: What the slices are added to.
    ///   - add: Adds a slice, of which it gets the parts and the visitors.
    /// - Returns: The sum.
    /// - Throws: A `QueryError`, or the error of `add`.
    private func slicing<Sum: Sendable>(
        _ batch: QueryBatch,
        _ connection: Connection,
        _ memory: PartMemory? = nil,
        into sum: Sum,
        _ add: @Sendable (inout Sum, Connection, Timeline, ClosedRange<UInt64>) async throws -> Void
    ) async throws -> Sum {
        try await connection.snapshot { connection in
            var slices = PartSlices(
                connection,
                batch,
                memory ?? PartMemory(),
                limit: parts.limit,
                storing: ingest,
                record: partRecord,
                workers: workers
            )
            try await slices.begin()
            var sum = sum
            while let (timeline, visitors) = try await slices.next() {
                try await add(&sum, connection, timeline, visitors)
            }
            if memory != nil, let known = slices.known { parts.keep(known, of: batch.site, usedFor: batch.days) }
            return sum
        }
    }

    /// The parts of a batch, with their edition; nil if they are not kept.
    private func timeline(
        for batch: QueryBatch,
        _ connection: Connection
    ) async throws -> (Timeline, edition: PartEdition?) {
        let refresh = refresh(for: batch, connection)
        guard !batch.includesBots else {
            var parts = try await refresh.parts(nil)
            return (parts.timeline(batch.days), nil)
        }
        return try await parts.timeline(of: batch.site, batch.days) { try await refresh.parts($0) }
    }

    /// The parts of a batch that are kept in memory, as they are before a transaction; nil if it keeps none.
    private func memory(for batch: QueryBatch) -> PartMemory? {
        batch.includesBots ? nil : parts.memory(of: batch.site)
    }

    private func refresh(for batch: QueryBatch, _ connection: Connection) -> PartRefresh {
        PartRefresh(
            connection: connection,
            site: batch.site,
            days: batch.days,
            withBots: batch.includesBots,
            limit: parts.limit,
            record: partRecord,
            workers: workers
        )
    }

    /// The answers to a batch whose parts are too large to be in memory together.
    private func slicedAnswers(to batch: QueryBatch, _ connection: Connection) async throws -> [Report] {
        let start = ContinuousClock.now
        let initial = (totals: ScanTotals(), scans: [Scan]())
        let known = memory(for: batch)
        let sum = try await slicing(batch, connection, known, into: initial) { sum, connection, timeline, visitors in
            sum.scans = try await connection.scans(of: batch.asked, timeline)
            await sum.totals.add(sum.scans, visitors, by: workers)
        }
        observeScan(start.duration(to: .now))
        return try sum.totals.reports(to: sum.scans).map { report in
            guard let report else { throw QueryError.invalid(.groups) }
            return report
        }
    }
}
