package import Analytics
import Postgres

extension PostgresStore {
    /// The counts of a site in the hour that ends at a moment, both ends included.
    package func hour(of site: SiteID, endingAt moment: Timestamp) async throws -> HourReport {
        if let report = await live.hour(of: site, endingAt: moment) { return report }
        let reports = try await ask { try await $0.execute(Rollup(site: site, at: moment)) }
        guard let report = reports.first else { throw PostgresDecodingError(reason: "rollup answered no row") }
        return report
    }
}

extension PostgresStore {
    /// The longest time for the hours that end at many moments.
    private static let longestReading: Duration = .seconds(10)

    package func hours(of site: SiteID, endingAt steps: HourSteps) async throws -> [HourReport] {
        try await report { connection in
            try await connection.snapshot { connection in
                let deadline = ContinuousClock.now + Self.longestReading
                return try await HourReading(connection: connection, site: site, steps: steps, deadline: deadline)
                    .reports()
            }
        }
    }
}
