import Analytics
import Load
import Schema
import Server
import Support
import Testing

/// Visits of pages as `hourglass load` makes them, counted by itself and by the view.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct PageLoadTests {
    /// The counts of a site: a visitor is counted where one of the hits other than engagement lies.
    private static let counts = """
        SELECT concat_ws(' ',
            (SELECT count(DISTINCT coalesce(alias.user_visitor, hit.visitor))
               FROM hit JOIN name ON name.id = name_id
               LEFT JOIN alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor
              WHERE hit.site_id = site.id AND name.text <> 'engagement'),
            (SELECT count(*) FROM hourglass_read.visit WHERE visit.site_id = site.id),
            (SELECT count(*) FROM hit JOIN name ON name.id = name_id
              WHERE hit.site_id = site.id AND name.text = 'pageview'),
            (SELECT count(*) FROM hourglass_read.visit WHERE visit.site_id = site.id AND is_bounce))
          FROM site WHERE name IN ('shop', 'other') ORDER BY name DESC
        """

    @Test(arguments: Flavour.allCases, [1, 50])
    func theViewAgreesWithTheSender(flavour: Flavour, bulkSize: Int) async throws {
        try await CollectServer.with(flavour) { shop in
            var options = LoadOptions()
            options.url = "http://127.0.0.1:\(shop.server.port)"
            options.mode = .pages
            options.sites = ["shop", "other"]
            options.keys = [shop.trusted, shop.other]
            options.events = 3_000
            options.users = 200
            options.hours = 40
            options.repeats = 0.1
            options.late = 0.2
            options.connections = 8
            options.bulkSize = bulkSize
            options.seed = UInt64(bulkSize)
            let report = try await LoadRun(options).run { _ in }
            try #require(report.unsettledHits == 0)
            let own = report.pages.map(\.total).map { "\($0.visitors) \($0.visits) \($0.pageviews) \($0.bounces)" }
            #expect(own.count == 2)
            #expect(report.pages.allSatisfy { $0.total.bounces > 0 && $0.total.visits > $0.total.visitors / 2 })
            #expect(try await shop.values(Self.counts) == own)
        }
    }
}
