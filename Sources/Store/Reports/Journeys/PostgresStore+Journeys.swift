package import Analytics
import Columns
import Postgres

extension PostgresStore {
    package func funnel(_ query: FunnelQuery) async throws -> FunnelReport {
        let (counts, moment) = try await counts(of: query.selection) { [workers] selection in
            await FunnelScan(query, selection).counts(by: workers)
        } add: {
            $0.add($1)
        }
        guard let report = counts.report(at: moment) else { throw QueryError.invalid(.steps) }
        return report
    }

    package func retention(_ query: RetentionQuery) async throws -> RetentionReport {
        let selection = query.selection
        let buckets = try await report { connection in
            try await connection.buckets(of: query.unit, selection.period, zone: selection.zone)
        }
        guard buckets.starts.count <= RetentionQuery.mostCohorts else { throw QueryError.invalid(.cohorts) }
        let (counts, moment) = try await counts(of: selection) { [workers] selection in
            await RetentionScan(query, selection, buckets).counts(by: workers)
        } add: {
            $0.add($1)
        }
        return counts.report(buckets.labels, at: moment)
    }

    package func properties(_ query: Query) async throws -> [PropertyUse] {
        let (counts, _) = try await counts(of: query) { [workers] selection in
            await PropertyScan(selection).counts(by: workers)
        } add: {
            $0.add($1)
        }
        guard let names = counts.report(limit: query.limit, offset: query.offset) else {
            throw QueryError.invalid(.groups)
        }
        return names
    }

    package func paths(_ query: PathQuery) async throws -> PathReport {
        let selection = query.selection
        let (counts, moment) = try await counts(of: selection) { [workers] selection in
            guard let scan = PathScan(query, selection) else { throw QueryError.invalid(.groups) }
            return await scan.counts(by: workers)
        } add: {
            $0.add($1)
        }
        return counts.report(limit: selection.limit, offset: selection.offset, at: moment)
    }
}
