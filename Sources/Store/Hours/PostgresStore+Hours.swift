package import Analytics
import Postgres

extension Store {
    /// What happened on a site in the hour that ends at a moment, both ends included.
    package func report(site: SiteID, at moment: Timestamp) async throws -> Report {
        if let report = await live.report(site: site, at: moment) { return report }
        let reports = try await ask { try await $0.execute(Rollup(site: site, at: moment)) }
        guard let report = reports.first else { throw PostgresDecodingError(reason: "rollup answered no row") }
        return report
    }
}
