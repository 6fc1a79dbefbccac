import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// Tasks that take longer than a request.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct JobTests {
    /// The tables with rows of a site.
    private static let left = """
        SELECT string_agg(name, ' ' ORDER BY name) FROM (
            SELECT c.relname AS name, (xpath('//n/text()', query_to_xml(
                format('SELECT count(*) AS n FROM hourglass.%I WHERE site_id = $site', c.relname), false, true, ''
            )))[1]::text::bigint AS rows
              FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'site_id'
             WHERE c.relnamespace = 'hourglass'::regnamespace AND c.relkind IN ('r', 'p', 'v')
               AND NOT c.relispartition AND c.relname NOT IN ('live_batch', 'job', 'identity')
        ) AS own WHERE rows > 0
        """

    private func left(_ site: Int, _ database: TestDatabase) async throws -> String? {
        try await Connection.with(database.url) { connection in
            try await connection.values(Self.left.replacing("$site", with: "\(site)")).first?.first ?? nil
        }
    }

    @Test(arguments: Flavour.allCases)
    func aRemovedSiteLeavesNothing(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            for name in ["gone", "kept"] { try await database.addSite(name) }
            _ = try await database.addKey(.write, to: "gone")
            try await database.run("SELECT add_goal('gone', 'event', 'a', NULL, 'a', NULL, '{}', NULL)")
            try await database.run("SELECT add_segment('gone', 'a', '[]'), add_note('gone', '2026-01-05', 'a')")
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            var generator = SeededGenerator(seed: 3)
            let now = Timestamp.now
            for site in [2, 3] as [Int32] {
                let hits = (0..<50).map { index in
                    var hit = Hit.random(using: &generator)
                    hit.time = now.advanced(by: .seconds(-index * 40_000 - 1))
                    hit.site = SiteID(rawValue: site)
                    hit.visitor = Visitor(rawValue: 1)
                    hit.user = .named("u\(index)")
                    hit.flags = [.interactive, .namedUser]
                    hit.device = Visitor(rawValue: UInt64(index))
                    hit.name = "click"
                    return hit
                }
                _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            }
            try await Maintenance.refreshing(database).round()
            let before = try #require(try await left(2, database))
            #expect(before.contains("event"))
            #expect(before.contains("user_hour"))
            try await database.run("SELECT remove_site('gone')")
            try await database.finishJobs(store.maintenance(Maintenance.Configuration()))
            #expect(try await left(2, database) == nil)
            let own = ["access_key ", "goal ", "note ", "segment "]
            let rest = own.reduce(before) { $0.replacing($1, with: "") }
            #expect(rest.count == before.count - own.joined().count)
            #expect(try await left(3, database) == rest)
            let job = try await Connection.with(database.url) {
                try await $0.values("SELECT state, progress FROM hourglass.job")
            }
            #expect(job == [["done", "1"]])
        }
    }
}
