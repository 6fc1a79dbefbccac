import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Registry

/// The sizes of sites, and what becomes of them.
struct SiteSizeTests {
    private static func size(daily: Double, hits: Int = 1_000) -> SiteSize {
        SiteSize(site: Site.standard, first: "2026-01-01", hits: hits, daily: daily, bytes: 50_000)
    }

    @Test func aSiteGrowsByWhatItsHitsTake() {
        #expect(Self.size(daily: 10).forecast(in: 100, keeping: nil) == 100_000)
        #expect(Self.size(daily: 0).forecast(in: 100, keeping: nil) == 50_000)
        #expect(Self.size(daily: 0, hits: 0).forecast(in: 100, keeping: 7) == 0)
        // Of ten hits a day those of thirty days are kept, of 50 bytes each.
        #expect(Self.size(daily: 10).forecast(in: 365, keeping: 30) == 15_000)
        #expect(Self.size(daily: 10).forecast(in: 10, keeping: 1_000) == 55_000)
    }

    @Test(.needsPostgres, arguments: Flavour.allCases)
    func sizesAreThoseOfTheParts(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.addSite("shop")
            try await database.run(
                """
                INSERT INTO part (site_id, day, covers, zone, system, hits, data)
                SELECT site, current_date - ago, pg_current_snapshot(), 'UTC', 1, hits, ''
                  FROM (VALUES (1, 0, 5), (1, 1, 30), (1, 10, 10), (2, 400, 7), (2, 1, 56)) AS known (site, ago, hits);
                """
            )
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            let sizes = try await editor.sizes()
            #expect(sizes.map(\.site.rawValue) == [2, 1])
            #expect(sizes.map(\.hits) == [63, 45])
            // Ten days are known of the first, all 28 of the other.
            #expect(sizes.map(\.daily) == [2, 4])
            let known = sizes.map { Double($0.bytes) / Double($0.hits) }
            #expect(abs(known[0] - known[1]) < 1)
        }
    }
}
