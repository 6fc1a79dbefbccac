import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// The job that deletes a forgotten user's data: it survives its servers, ends, and leaves nothing.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ForgettingJobTests {
    private static let ann = User.named("ann@example.com")
    private static let visitor = Visitor(rawValue: 0x8123_4567_89AB_CDEF)

    /// Hits, events and an identity of Ann on some days, and those of another user.
    private static func rows(days: Int) -> Batch {
        let now = Timestamp.now
        var events: [Event] = []
        var hits: [Hit] = []
        for day in 0..<days {
            let time = now.advanced(by: .seconds(-day * 86_400 - 1))
            var hit = Hit(time: time, name: "click", flags: [.interactive, .namedUser])
            (hit.user, hit.visitor, hit.props) = (ann, visitor, #"{"card":"Xq7-secret"}"#)
            events += [
                Event(time: time, user: ann, kind: .click, site: Site.standard),
                Event(time: time, user: .named("bob"), kind: .click, site: Site.standard),
            ]
            hits.append(hit)
            (hit.user, hit.visitor, hit.props) = (nil, Visitor(rawValue: 9), nil)
            hit.flags = .interactive
            hits.append(hit)
        }
        let identity = Identity(
            time: now,
            site: Site.standard,
            visitor: visitor,
            user: ann,
            device: Visitor(rawValue: 8),
            traits: #"{"town":"Xq7-secret"}"#
        )
        return Batch(entries: [Batch.Entry(events: events, hits: hits, identities: [identity])])
    }

    private static let left = """
        SELECT 'rows', (SELECT count(*) FROM hourglass.event WHERE user_id = 'ann@example.com')
                       + (SELECT count(*) FROM hourglass.hit WHERE visitor = -9141386507638288913)
        """

    /// A server ends after a step, another one in the middle of a step; a third one goes on where they were.
    @Test(arguments: Flavour.allCases)
    func anotherServerGoesOn(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.append(Self.rows(days: 6))
            #expect(try await database.counts(Self.left) == ["rows": 18])
            _ = try await store.forget(Self.ann, Self.visitor, of: Site.standard)
            let servers = (0..<3).map { _ in Maintenance.refreshing(database) }

            let job = try #require(try await servers[0].jobs.take())
            #expect(try await servers[0].jobs.step(job) == .more)
            let after = try await database.counts(Self.left)
            #expect(after == ["rows": 15])
            #expect(try await servers[1].jobs.work() == false)
            try await database.run("UPDATE job SET lease_until = now() - INTERVAL '1 second'")

            let blocker = try await Connection.open(database.url)
            try await blocker.run("BEGIN; LOCK TABLE hourglass.hit IN SHARE MODE")
            try await withThrowingTaskGroup { group in
                group.addTask { try await servers[1].jobs.work() }
                try await eventually {
                    try await database.counts(
                        """
                        SELECT 'ended', count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%step_job%'
                        """
                    ) == ["ended": 1]
                }
                let result = await group.nextResult()
                #expect(throws: (any Error).self) { try result?.get() }
            }
            try await blocker.run("COMMIT")
            #expect(try await database.counts(Self.left) == after)
            try await database.run("UPDATE job SET lease_until = now() - INTERVAL '1 second'")

            try await database.finishJobs(servers[2])
            #expect(try await servers[0].jobs.step(job) == .lost)
            #expect(try await database.counts(Self.left) == ["rows": 0])
            #expect(try await store.jobs(of: Site.standard, before: nil, limit: 9).map(\.state) == ["done"])
            #expect(try await database.count(.events) == 12)
        }
    }

    /// Every table is searched for the name of the user, the traits and the properties, as text and as bytes.
    @Test(arguments: Flavour.allCases)
    func nothingIsLeft(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            // Another server, to which live events are handed.
            try await database.run("INSERT INTO server (id) VALUES (gen_random_uuid())")
            _ = try await store.append(Self.rows(days: 10))
            _ = try await store.append(Self.rows(days: 1))
            let maintenance = Maintenance.refreshing(database)
            try await maintenance.round()
            // Late in refreshed hours.
            for event in Self.rows(days: 3).entries[0].events {
                _ = try await store.append(Batch(entries: [Batch.Entry(events: [event])]))
            }
            let before = try await Self.tables(database)
            for table in ["event", "hit", "person", "user_hour", "live_batch"] {
                #expect(before.contains("hourglass.\(table)"), "\(table)")
            }
            // Where the flavour compresses.
            for _ in 0..<12 { try await database.run("SELECT compress_events(now() + INTERVAL '8 days')") }
            _ = try await store.forget(Self.ann, Self.visitor, of: Site.standard)
            #expect(try await Self.tables(database).contains("hourglass.forgetting"))
            #expect(try await !Self.tables(database).contains("hourglass.person"))
            try await database.finishJobs(maintenance)
            #expect(try await Self.tables(database) == [])
            #expect(try await database.count(.events) > 0)
        }
    }

    /// The relations that hold one of the texts.
    private static func tables(_ database: TestDatabase) async throws -> [String] {
        let texts = ["ann@example.com", "Xq7-secret", "\u{1}8123456789abcdef"]
        let bytes = texts.map { text in text.utf8.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined() }
        let pattern = (texts.map { $0.replacing(".", with: "[.]") } + bytes).joined(separator: "|")
        return try await Connection.with(database.url) { connection in
            let names = try await connection.values(
                """
                SELECT c.oid::regclass::text FROM pg_class AS c
                WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND c.relname !~ '^_?compress'
                AND c.relnamespace IN ('hourglass'::regnamespace, to_regnamespace('_timescaledb_internal'))
                """
            ).compactMap { $0.first ?? nil }
            var found: [String] = []
            for name in names {
                let sql = "SELECT 1 FROM \(name) AS one WHERE one::text ~ '\(pattern)' LIMIT 1"
                if try await !connection.values(sql).isEmpty { found.append(name) }
            }
            return found
        }
    }

    /// A job whose steps fail is given up; forgetting the user again finishes its work, with the aliases of before.
    @Test func aJobIsGivenUp() async throws {
        try await withDatabase(.postgres) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let maintenance = Maintenance.refreshing(database)
            var hit = Hit(time: .now)
            hit.visitor = Visitor(rawValue: 8)
            _ = try await store.append(Self.rows(days: 1))
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [hit])]))
            _ = try await store.forget(Self.ann, Self.visitor, of: Site.standard)
            try await database.run("ALTER TABLE kept_hit RENAME TO hidden")
            for _ in 0..<10 {
                await #expect(throws: PostgresError.self) { try await maintenance.jobs.work() }
                #expect(try await maintenance.jobs.work() == false)
                try await database.run("UPDATE job SET lease_until = NULL")
            }
            #expect(try await maintenance.jobs.work() == false)
            let failed = try #require(try await store.jobs(of: Site.standard, before: nil, limit: 1).first)
            #expect(failed.state == "failed")
            #expect(failed.error?.contains("kept_hit") == true)
            #expect(failed.ended != nil)

            try await database.run("ALTER TABLE hidden RENAME TO kept_hit")
            _ = try await store.forget(Self.ann, Self.visitor, of: Site.standard)
            try await database.finishJobs(maintenance)
            let states = try await store.jobs(of: Site.standard, before: nil, limit: 9).map(\.state)
            #expect(states == ["done", "failed"])
            let hits = try await database.counts("SELECT visitor::text, count(*) FROM hourglass.hit GROUP BY 1")
            #expect(hits == ["9": 1])
            #expect(try await Self.tables(database) == [])
        }
    }

    /// Two servers that look at once do not take the same job.
    @Test func aJobIsTakenOnce() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("other")
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            for site in [1, 1, 2] as [Int32] {
                _ = try await store.forget(Self.ann, Self.visitor, of: SiteID(rawValue: site))
            }
            let servers = (0..<6).map { _ in Maintenance.refreshing(database) }
            let taken = try await withThrowingTaskGroup { group in
                for server in servers { group.addTask { try await server.jobs.take() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }.compactMap(\.self)
            #expect(taken.count == Set(taken).count)
            #expect(taken.count >= 2)
        }
    }

    /// Jobs and digests are deleted thirty days later.
    @Test func oldJobsAreForgotten() async throws {
        try await withDatabase(.postgres) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.forget(Self.ann, Self.visitor, of: Site.standard)
            let maintenance = Maintenance.refreshing(database)
            try await database.finishJobs(maintenance)
            let counts = """
                SELECT 'left', (SELECT count(*) FROM hourglass.job) + (SELECT count(*) FROM hourglass.forgotten)
                """
            try await maintenance.round()
            #expect(try await database.counts(counts) == ["left": 1 + 2])
            try await database.run(
                """
                UPDATE job SET ended_at = now() - INTERVAL '31 days';
                UPDATE forgotten SET at = now() - INTERVAL '31 days'
                """
            )
            try await maintenance.round()
            #expect(try await database.counts(counts) == ["left": 0])
        }
    }
}
