import Analytics
import Schema
import Support
import Testing

@testable import Store

/// Answers that are kept.
@Suite(.needsPostgres)
struct ReportCacheTests {
    private static let day = 20_000

    private static func query(of site: SiteID = Site.standard) throws -> Query {
        let start = Timestamp(seconds: day * 86_400)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(86_400))))
        return Query(site: site, period: period, metrics: [.pageviews, .visitors])
    }

    private static func batch(of visitor: UInt64, at second: Int) -> Batch {
        var hit = Hit(time: Timestamp(seconds: day * 86_400 + second), name: "pageview")
        hit.visitor = Visitor(rawValue: visitor)
        return Batch(entries: [Batch.Entry(hits: [hit])])
    }

    private static func counts(_ store: PostgresStore) async throws -> [Report.Value] {
        try await store.report(query()).rows[0].values
    }

    @Test(arguments: Flavour.allCases)
    func areGivenUntilSomethingChanges(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let (store, other) = (PostgresStore(url: database.url), PostgresStore(url: database.url))
            defer { for store in [store, other] { store.close() } }
            _ = try await store.append(Self.batch(of: 1, at: 60))
            for _ in 0..<3 { #expect(try await Self.counts(store) == [.count(1), .count(1)]) }
            #expect(store.answers.hits == 2)
            _ = try await other.append(Self.batch(of: 2, at: 60))
            #expect(try await Self.counts(store) == [.count(2), .count(2)])
            try await database.run(
                "INSERT INTO alias (site_id, visitor, user_visitor, xid) VALUES (1, 2, 1, pg_current_xact_id())"
            )
            #expect(try await Self.counts(store) == [.count(2), .count(1)])
            #expect(store.answers.hits == 2)
            #expect(try await Self.counts(store) == [.count(2), .count(1)])
            #expect(store.answers.hits == 3)
        }
    }

    @Test(arguments: Flavour.allCases)
    func haveWhatWasStoredBeforeTheQuestion(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let stores = [PostgresStore(url: database.url), PostgresStore(url: database.url)]
            defer { for store in stores { store.close() } }
            let stored = Counting()
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<10 {
                            _ = try await stores[writer % 2].append(Self.batch(of: UInt64(writer), at: 60 + number))
                            let before = stored.next()
                            let counts = try await Self.counts(stores[number % 2])
                            guard case .count(let found) = counts[0] else { continue }
                            #expect(found >= before)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for store in stores { #expect(try await Self.counts(store) == [.count(80), .count(8)]) }
        }
    }

    @Test func areFewAndShort() throws {
        let cache = ReportCache(limit: 1 << 20, mostReports: 2)
        let asked = try (0...3).map { AskedQuery(try Self.query(of: SiteID(rawValue: $0))) }
        let small = Report(rows: [], total: 0, labels: nil)
        for site in 1...2 { cache.keep(small, to: asked[site], edition: 7) }
        #expect(cache.report(asked[1], edition: 7) == small)
        #expect(cache.report(asked[1], edition: 8) == nil)
        cache.keep(small, to: asked[3], edition: 7)
        #expect((1...3).map { cache.report(asked[$0], edition: 7) != nil } == [true, false, true])
        let row = Report.Row(dimensions: [String(repeating: "x", count: 200_000)], values: [])
        cache.keep(Report(rows: [row], total: 1, labels: nil), to: asked[3], edition: 9)
        #expect(cache.report(asked[3], edition: 9) == nil)
        #expect(cache.report(asked[3], edition: 7) == nil)
        var users = try Self.query()
        users.dimensions = [.visit(.user)]
        cache.keep(small, to: AskedQuery(users), edition: 1)
        #expect(cache.report(AskedQuery(users), edition: 1) == nil)
        #expect(cache.bytes > 0)
    }
}
