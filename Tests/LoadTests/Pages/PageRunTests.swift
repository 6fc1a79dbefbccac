import Foundation
import Testing

@testable import Load

@Suite(.serialized)
struct PageRunTests {
    @Test(arguments: [nil] + PageServer.Fault.tolerated, [1, 7])
    func countsAsTheServer(fault: PageServer.Fault?, bulkSize: Int) async throws {
        let events = bulkSize == 1 ? 700 : 2_000
        let (report, hits, mistake) = try await run(fault) { options in
            (options.events, options.bulkSize) = (events, bulkSize)
            (options.late, options.repeats) = (0.2, 0.05)
        }
        #expect(mistake == nil)
        let census = HitCensus(hits)
        #expect(report.pages.count == 1)
        #expect(report.pageCounts == census.counts())
        for day in census.days { #expect(report.pages[0].days[day] ?? PageCounts() == census.counts(on: day)) }
        #expect(report.unsettledHits == 0)
        #expect(report.events == events)
        #expect((report.acknowledgedEvents == events) == (fault == nil))
        #expect(hits.count > Set(hits.map(\.id)).count)
        let rejected = report.table.split(separator: "\n").first { $0.hasPrefix("hits rejected ") }
        #expect(rejected?.hasSuffix(" 0") == (fault != .rejectsOne))
    }

    @Test func tellsWhatIsUnsettled() async throws {
        let (report, _, _) = try await run(.fails) { ($0.events, $0.connections) = (97, 1) }
        #expect(report.unsettledHits == 1)
        #expect(report.acknowledgedEvents == 96)
        #expect(report.table.contains("\nhits unsettled       1: "))
    }

    @Test func countsEachSite() async throws {
        let sites = ["shop-0", "example.org/blog-1", "a-2"]
        let (report, hits, mistake) = try await run(nil, sites: sites) { ($0.events, $0.bulkSize) = (3_000, 10) }
        #expect(mistake == nil)
        #expect(report.pages.map(\.site) == sites)
        for (site, counts) in zip(sites, report.pages) {
            #expect(counts.total == HitCensus(hits.filter { $0.site == site }).counts())
        }
        #expect(report.pages.map(\.total.pageviews).reduce(0, +) == report.pageCounts?.pageviews)
        #expect(report.table.contains("\nsite example.org/blog-1  "))
    }

    @Test func writesItsCountsAsJSON() async throws {
        struct Document: Decodable {
            struct Counts: Decodable {
                let visitors, visits, pageviews, bounces: Int
            }
            struct Day: Decodable {
                let date: String
                let counts: Counts
            }
            struct Site: Decodable {
                let counts: Counts
                let days: [Day]
            }
            let acknowledged, unsettled: Int
            let counts: Counts
            let sites: [Site]
        }
        let (report, _, _) = try await run(nil) { ($0.events, $0.bulkSize, $0.hours) = (1_000, 100, 30) }
        let document = try JSONDecoder().decode(Document.self, from: Data(report.json.utf8))
        let counts = try #require(report.pageCounts)
        #expect((document.acknowledged, document.unsettled) == (1_000, 0))
        #expect(document.counts.visits == counts.visits && document.counts.bounces == counts.bounces)
        #expect(document.sites[0].counts.visitors == counts.visitors)
        #expect(document.sites[0].days.map(\.date) == ["2023-11-13", "2023-11-14"])
        #expect(document.sites[0].days.map(\.counts.pageviews).reduce(0, +) == counts.pageviews)
    }

    @Test func endsWhenTheServerKnowsNoSuchKey() async throws {
        let error = await #expect(throws: LoadError.self) {
            try await run(.knowsNoKey) { $0.events = 1_000 }
        }
        #expect(error?.description == "the server did not accept valid events: status 401 no")
    }

    private func run(
        _ fault: PageServer.Fault?,
        sites: [String] = [],
        _ change: (inout LoadOptions) -> Void
    ) async throws -> (LoadReport, hits: [SentHit], mistake: String?) {
        var options = LoadOptions.pages(sites: sites)
        (options.connections, options.users, options.hours) = (8, 300, 12)
        change(&options)
        return try await PageServer.with(fault) { url in
            options.url = url
            return try await LoadRun(options).run { _ in }
        }
    }
}
