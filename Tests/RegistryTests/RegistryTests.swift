import Analytics
import Foundation
import Logging
import Postgres
import Schema
import Store
import Support
import SystemPackage
import Testing

@testable import Registry

/// The registry of a server on a database, and its file for the time without.
@Suite(.needsPostgres)
struct RegistryTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func registry(_ url: String, _ cache: RegistryCache? = nil) -> SiteRegistry {
        SiteRegistry(pool: PostgresStore(url: url).registryPool, cache: cache, logger: Self.quiet)
    }

    @Test(arguments: Flavour.allCases)
    func changesAreSeen(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("SELECT make_salts()")
            let registry = registry(database.url)
            try await registry.look()
            let first = try #require(registry.recent)
            #expect(first.allSites.map(\.name.text) == ["default"])
            try await registry.look()
            #expect(registry.recent === first)
            try await database.addSite("shop", zone: "Asia/Kathmandu", settings: #"{"daily_cap": 5}"#)
            let text = try await database.addKey(.write, to: "shop")
            try await registry.look()
            let snapshot = try #require(registry.recent)
            let site = try #require(snapshot.allSites.last)
            #expect(site.settings.dailyCap == 5)
            let key = try #require(KeyText(parsing: text))
            #expect(snapshot.key(key)?.site == site.id)
            #expect(snapshot.secret(of: site.id)?.count == 32)
            #expect(snapshot.secret(of: site.id) != snapshot.secret(of: Site.standard))
            // Every time that a hit without a server key may have has its salt.
            for hours in stride(from: -24, through: 24, by: 6) {
                let time = Timestamp.now.advanced(by: .seconds(hours * 3_600))
                #expect(snapshot.salt(of: site, at: time, now: .now) != nil, "\(hours)")
            }
            try await database.run("UPDATE access_key SET revoked_at = now()")
            try await registry.look()
            #expect(registry.recent?.key(key) == nil)
        }
    }

    /// A server knows at once what it has changed, and a command sees it too.
    @Test(arguments: Flavour.allCases)
    func goalsAreAddedAndRemoved(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.addSite("shop")
            let (shop, other) = (try name("shop"), try name("default"))
            let registry = registry(database.url)
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            let signup = try await registry.add(try GoalInput(event: "Signup", properties: ["plan": "pro"]), to: shop)
            let post = try await editor.add(try GoalInput(page: "/*", scroll: 5, currency: "EUR"), to: shop)
            #expect(registry.recent?.site(named: shop)?.goals == [signup])
            let site = try await editor.site(shop)
            #expect(site.goals == [signup, post])
            let again = RegistryFailure.refused("the site has a goal Signup already")
            await #expect(throws: again) { _ = try await registry.add(try GoalInput(event: "Signup"), to: shop) }
            await #expect(throws: again) {
                _ = try await editor.add(try GoalInput(page: "/", display: "Signup"), to: shop)
            }
            // The name is free on another site, and the goal of one site is none of another.
            _ = try await registry.add(try GoalInput(event: "Signup"), to: other)
            let unknown = RegistryFailure.refused("the site has no goal \(signup.id.rawValue)")
            await #expect(throws: unknown) { try await registry.removeGoal(signup.id, of: other) }
            try await registry.removeGoal(signup.id, of: shop)
            #expect(registry.recent?.site(named: shop)?.goals == [post])
            await #expect(throws: unknown) { try await editor.removeGoal(signup.id, of: shop) }
            try await editor.removeGoal(post.id, of: shop)
            try await registry.look()
            #expect(registry.recent?.site(named: shop)?.goals == [])
        }
    }

    @Test func aSiteHasALimitedNumberOfGoals() async throws {
        try await withDatabase(.postgres) { database in
            try await database.run(
                "SELECT add_goal('default', 'event', n::text, NULL, n::text, NULL, '{}', NULL) FROM generate_series(1, 199) AS n"
            )
            let registry = registry(database.url)
            let site = try name("default")
            _ = try await registry.add(try GoalInput(event: "the last"), to: site)
            #expect(registry.recent?.site(named: site)?.goals.count == 200)
            await #expect(throws: RegistryFailure.refused("the site has 200 goals, and more are not taken")) {
                _ = try await registry.add(try GoalInput(event: "one more"), to: site)
            }
        }
    }

    /// Of two looks at a time, the one that began first brings nothing back that the other has replaced.
    @Test func changesAreNotSeenBackwards() async throws {
        let registry = registry("host=/nowhere")
        func document(_ version: Int) -> String {
            #"{"version":\#(version),"sites":[],"former_names":[],"keys":[],"salts":[],"zones":{}}"#
        }
        let isTaken = try registry.take(document(7), from: 2)
        #expect(isTaken)
        let isTakenToo = try registry.take(document(6), from: 1)
        #expect(!isTakenToo)
        #expect(registry.recent?.version == 7)
        // A database that was restored has an earlier version.
        let isRestored = try registry.take(document(3), from: 3)
        #expect(isRestored)
        #expect(registry.recent?.version == 3)
    }

    private func name(_ text: String) throws -> SiteName { try SiteName(parsing: text.utf8Span.span) }

    @Test func aLinkIsSeenUntilItIsRevoked() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            let registry = registry(database.url)
            let text = try await database.addShare(#"[["is","visit:country",["DE"]]]"#, to: "shop")
            try await registry.look()
            let link = try #require(ShareText(parsing: text))
            let share = try #require(registry.recent?.share(link))
            #expect(share.filters == #"[["is", "visit:country", ["DE"]]]"#)
            registry.noteUse(of: share, at: Timestamp(seconds: 1_795_600_000))
            try await registry.tellUses()
            try await database.run(
                "DO $$ BEGIN ASSERT (SELECT extract(epoch FROM used_at) = 1795600000 FROM share); END $$"
            )
            let version = registry.recent?.version
            try await registry.look()
            #expect(registry.recent?.version == version)
            try await database.run("SELECT revoke_share(1)")
            try await registry.look()
            #expect(registry.recent?.share(link) == nil)
            try await database.run("SELECT remove_site('shop')")
            try await database.run("DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM share); END $$")
        }
    }

    /// Clocks went from 23:59:59 to 01:00:00 in Cairo on 2026-04-24, so that date began at 01:00.
    @Test func aDateMayBeginAfterMidnight() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("cairo", zone: "Africa/Cairo")
            try await database.run(
                """
                INSERT INTO salt SELECT date::date, random_secret()
                  FROM generate_series(date '2026-04-22', '2026-04-26', '1 day') AS date
                """
            )
            let registry = registry(database.url)
            try await registry.look()
            let snapshot = try #require(registry.recent)
            let site = try #require(snapshot.allSites.last)
            let start = Timestamp(seconds: 1_776_981_600)
            let before = snapshot.salt(of: site, at: start.advanced(by: .milliseconds(-1)), now: start)
            #expect(before != nil)
            #expect(before != snapshot.salt(of: site, at: start, now: start))
        }
    }

    @Test func saltsAreMadeAheadAndDeletedAfterwards() async throws {
        try await withDatabase(.postgres) { database in
            try await database.run(
                """
                SELECT make_salts();
                INSERT INTO salt SELECT current_date - age, random_secret() FROM generate_series(3, 9) AS age;
                SELECT make_salts();
                DO $$
                BEGIN
                    ASSERT (SELECT min(date) FROM salt) > now() AT TIME ZONE 'UTC' - INTERVAL '60 hours';
                    ASSERT (SELECT max(date) FROM salt) >= (now() AT TIME ZONE 'UTC' + INTERVAL '14 hours')::date + 2;
                    ASSERT (SELECT count(DISTINCT secret) = count(*) FROM salt);
                END
                $$
                """
            )
        }
    }

    /// With the file, sites and keys are known before the database can be reached, and nobody else may read it.
    @Test func theFileServesWithoutADatabase() async throws {
        try await withDatabase(.postgres) { database in
            try await withScratch { directory in
                try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
                let cache = RegistryCache(in: directory)
                try await database.addSite("shop")
                try await registry(database.url, cache).look()
                let file = directory.appending("registry.cache").string
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                let away = registry("host=/nowhere", cache)
                #expect(away.recent?.allSites.last?.name.text == "shop")
                #expect(!away.isFresh)
                try Data("{".utf8).write(to: URL(filePath: file))
                #expect(registry("host=/nowhere", cache).recent == nil)
            }
        }
    }
}
