import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// Reports of random traffic, by the store and counted hit by hit.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct ReportPropertyTests {
    private static let queriesPerSite = 40

    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func areWhatIsCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            let days = traffic.firstDay - 1..<traffic.firstDay + 7
            var (rows, present) = (0, 0)
            for site in traffic.sites {
                let queries = (0..<Self.queriesPerSite).map { _ in Query(of: site, days: days, using: &random) }
                // Half of them are asked together.
                let half = Array(queries.prefix(Self.queriesPerSite / 2))
                var reports = try await store.reports(half)
                for query in queries.dropFirst(half.count) { reports.append(try await store.report(query)) }
                for (query, report) in zip(queries, reports) {
                    let counted = CountedReport(query, of: traffic.hits, site).rows
                    let found = report.rows.map { row in
                        Report.Row(dimensions: row.dimensions.map(\.escaped), values: row.values)
                    }
                    #expect(differences(counted, found) == [], "\(query)")
                    #expect(report.total == counted.count)
                    rows += report.rows.count
                    present += report.rows.isEmpty ? 0 : 1
                }
            }
            // The queries find something.
            #expect(present > Self.queriesPerSite && rows > 10 * Self.queriesPerSite)
        }
    }

    private func differences(_ counted: Set<Report.Row>, _ found: [Report.Row]) -> [String] {
        let missing = counted.subtracting(found).map { "- \($0)" }
        let wrong = Set(found).subtracting(counted).map { "+ \($0)" }
        return (missing + wrong).sorted()
    }
}
