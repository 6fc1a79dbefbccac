import Analytics
import Columns
import Postgres

extension Connection {
    /// Prepares queries of a batch for a pass.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - timeline: The parts.
    /// - Returns: The scans, in the order of the queries.
    /// - Throws: A `PostgresError`, or a `QueryError`
    func scans(of queries: [KeptQuery], _ timeline: Timeline) async throws -> [Scan] {
        try await scans(of: queries, over: [timeline])[0]
    }

    /// Prepares queries of a batch for several passes.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - timelines: The parts of each pass, all with the same texts.
    /// - Returns: The scans of each pass, in the order of the queries.
    /// - Throws: A `PostgresError`, or a `QueryError`
    func scans(of queries: [KeptQuery], over timelines: [Timeline]) async throws -> [[Scan]] {
        guard let first = queries.first?.query else { return timelines.map { _ in [] } }
        let buckets = try await buckets(of: queries)
        var masks: [Filter.Test: Mask] = [:]
        var scans: [[Scan]] = []
        for timeline in timelines {
            let tables = try await tables(for: queries.map(\.query), of: first.site, timeline, &masks)
            scans.append(
                zip(queries, buckets).map { asked, buckets in
                    Scan(asked.query, timeline, tables, buckets: buckets, masks: masks, dates: asked.dates)
                }
            )
        }
        return scans
    }

    /// The buckets of the dimensions of time of each query.
    private func buckets(of queries: [KeptQuery]) async throws -> [[TimeUnit: Buckets]] {
        var known: [BucketKey: Buckets] = [:]
        var all: [[TimeUnit: Buckets]] = []
        for asked in queries {
            let query = asked.query
            var buckets: [TimeUnit: Buckets] = [:]
            for case .time(let unit) in query.dimensions {
                let key = BucketKey(unit: unit, period: asked.period, zone: query.zone)
                if known[key] == nil { known[key] = try await self.buckets(of: unit, asked.period, zone: query.zone) }
                buckets[unit] = known[key]
            }
            all.append(buckets)
        }
        return all
    }

    /// Prepares a question about hits for a pass.
    func selection(of query: Query, _ timeline: Timeline) async throws -> HitSelection {
        var masks: [Filter.Test: Mask] = [:]
        let tables = try await tables(for: [query], of: query.site, timeline, &masks)
        return HitSelection(query, timeline, tables, masks: masks)
    }

    /// Makes the tables of the dimensions and goals of queries in parts.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - site: Their site.
    ///   - timeline: The parts.
    ///   - masks: Gets the masks of the tests that the database has to compare; those of other parts with the same texts
    ///     are taken as they are.
    /// - Returns: The tables.
    /// - Throws: A `PostgresError`, or a `QueryError`
    private func tables(
        for queries: [Query],
        of site: SiteID,
        _ timeline: Timeline,
        _ masks: inout [Filter.Test: Mask]
    ) async throws -> QueryTables {
        let isByUser = queries.contains { $0.usedDimensions.contains(.visit(.user)) }
        let tables = QueryTables(queries, timeline, users: isByUser ? try await users(of: site) : [:])
        // Parts have the values of their own properties alone.
        masks = masks.filter { if case .property = $0.key.dimension { false } else { true } }
        for test in queries.flatMap(\.filters).flatMap(\.tests) where test.needsDatabase && masks[test] == nil {
            guard let values = tables.attributes[test.dimension] else { continue }
            masks[test] = try await mask(of: test, over: values)
        }
        return tables
    }

    private struct BucketKey: Hashable {
        let unit: TimeUnit
        let period: Period
        let zone: String
    }
}
