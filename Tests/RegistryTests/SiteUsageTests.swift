import Analytics
import Testing

@testable import Registry

/// The hits of a day, which the caps of sites limit.
struct SiteUsageTests {
    private static let site = SiteID(rawValue: 2)
    private static let noon = Timestamp(seconds: 1_795_608_000)

    @Test func theCapCountsAllServersAndEndsWithTheDay() throws {
        let usage = SiteUsage()
        #expect(usage.take(2, of: Self.site, cap: 3, now: Self.noon))
        #expect(!usage.take(2, of: Self.site, cap: 3, now: Self.noon))
        #expect(usage.take(1, of: SiteID(rawValue: 3), cap: 3, now: Self.noon))
        let (day, hits) = try #require(usage.takePending())
        #expect(hits.count == 2)
        #expect(usage.takePending() == nil)
        usage.note([NoteSiteHits.Row(site: Self.site, hits: 10)], of: day)
        #expect(!usage.take(1, of: Self.site, cap: 10, now: Self.noon))
        #expect(usage.take(1, of: Self.site, cap: nil, now: Self.noon))
        #expect(usage.take(1, of: Self.site, cap: 1, now: Self.noon.advanced(by: .seconds(86_400))))
    }

    @Test func whatCouldNotBeToldIsToldLater() throws {
        let usage = SiteUsage()
        _ = usage.take(2, of: Self.site, cap: nil, now: Self.noon)
        let (day, hits) = try #require(usage.takePending())
        usage.putBack(hits, of: day)
        _ = usage.take(3, of: Self.site, cap: nil, now: Self.noon)
        #expect(usage.takePending()?.hits.map(\.count) == [5])
    }
}
