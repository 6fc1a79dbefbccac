package import Analytics
import Columns

extension PostgresStore {
    package func visits(_ query: VisitQuery) async throws -> FoundVisits {
        try await counts(of: query.selection) { [workers] selection in
            await VisitScan(query, selection).visits(by: workers)
        } add: {
            $0.add($1, for: query)
        }.counts
    }

    package func visit(_ key: VisitKey, of site: SiteID, after offset: Int) async throws -> VisitCourse? {
        let end = key.start.advanced(by: .milliseconds(1))
        guard let period = Period(from: key.start, to: end) else { return nil }
        return try await counts(of: Query(site: site, period: period, metrics: [])) { selection in
            VisitSearch(key, selection).course(after: offset)
        } add: {
            $0 = $0 ?? $1
        }.counts
    }
}
