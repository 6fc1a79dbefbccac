import Analytics
import Postgres
import Support
import Testing

@testable import Schema
@testable import Store

/// People's own SQL, tried in many ways to see another site, to change something, and to be in the way of others.
@Suite(.needsPostgres, .timeLimit(.minutes(8)))
struct EscapeTests {
    private static let own = "own-path"
    private static let other = ["other-path", "other-user", "other-site", "other-trait"]

    /// None is answered as if it were a question.
    @Test(arguments: Flavour.allCases)
    func noAttemptSucceeds(flavour: Flavour) async throws {
        try await withTwoSites(flavour) { database, store in
            let sessions = QuerySessions(url: database.queryURL, store: store, longest: 1)
            defer { sessions.close() }
            #expect(try await ask("SELECT path FROM hit", sessions).rows == [[.text(Self.own)]])
            let before = try await state(of: database)
            var succeeded: [String] = []
            for text in Attempts.reading + Attempts.acting {
                do {
                    let table = try await ask(text, sessions)
                    let shown = "\(table.rows)"
                    // Questions that are none of these conditions' may have answers, without anything of others.
                    if Self.other.contains(where: shown.contains) || Attempts.acting.contains(text) {
                        succeeded.append(text)
                    }
                } catch let fault as SQLFault {
                    if Self.other.contains(where: fault.description.contains) { succeeded.append(text) }
                } catch QueryError.tooSlow {
                    // The database has ended it.
                }
            }
            #expect(succeeded == [])
            #expect(try await state(of: database) == before)
            #expect(try await ask("SELECT path FROM hit", sessions).rows == [[.text(Self.own)]])
        }
    }

    /// The rights of the login alone show nothing of other sites, whatever it sends, and let nothing be changed.
    @Test(arguments: Flavour.allCases, [false, true])
    func theRightsOfTheLoginAreTheWall(flavour: Flavour, isOwnServer: Bool) async throws {
        try await withTwoSites(flavour) { database, store in
            if isOwnServer { try await database.run(PublicFunctions.closing) }
            let sessions = QuerySessions(url: database.queryURL, store: store, longest: 1)
            defer { sessions.close() }
            let before = try await state(of: database)
            for text in Attempts.reading + Attempts.acting {
                let shown = try await directly(text, sessions, database, store)
                #expect(!Self.other.contains { shown.contains($0) }, "\(text): \(shown.prefix(200))")
                let isClosed = ["advisory", "lo_", "pg_notify", "set_config", "_to_xml", "pg_sleep", "pg_terminate"]
                    .contains { text.contains($0) }
                if isOwnServer, isClosed { #expect(shown.hasPrefix("ERROR"), "\(text): \(shown.prefix(200))") }
            }
            #expect(try await state(of: database) == before)
        }
    }

    /// Batches are stored while questions do what they can to keep the database busy.
    @Test(arguments: Flavour.allCases)
    func storingGoesOnMeanwhile(flavour: Flavour) async throws {
        try await withTwoSites(flavour) { database, store in
            let sessions = QuerySessions(url: database.queryURL, store: store, longest: 2)
            defer { sessions.close() }
            let started = Counting()
            try await withThrowingTaskGroup { group in
                for text in [
                    "SELECT count(*) FROM hit, generate_series(1, 1000000000)", Attempts.acting.suffix(2).first ?? "",
                ] {
                    group.addTask {
                        started.next()
                        await #expect(throws: QueryError.tooSlow) { try await ask(text, sessions) }
                    }
                }
                try await eventually { started.value == 2 }
                for number in 1...20 {
                    let events = (0..<50).map { Event.sample(at: 1_767_600_000_000 + $0, user: "u\(number)-\($0)") }
                    _ = try await store.append(Batch(entries: [Batch.Entry(events: events, key: nil)]))
                }
                #expect(try await database.count(.events) == 1_002)
                try await group.waitForAll()
            }
        }
    }

    /// The signature is of one session, and lasts for a minute.
    @Test func aSignatureIsOfOneSession() async throws {
        try await withTwoSites(.postgres) { database, store in
            try await Connection.with(database.queryURL) { one in
                let own = try await one.values("SELECT pg_backend_pid()")[0][0] ?? ""
                let signed = try await Connection.with(database.url) {
                    try await $0.values("SELECT hourglass.sign_site(2, \(own))")[0][0] ?? ""
                }
                let count = "SELECT count(*) FROM hourglass_query.hit"
                try await one.run("SET hourglass.site = '\(signed)'")
                #expect(try await one.values(count) == [["1"]])
                let old = signed.split(separator: ":").enumerated().map { $0 == 2 ? "1" : String($1) }
                try await one.run("SET hourglass.site = '\(old.joined(separator: ":"))'")
                #expect(try await one.values(count) == [["0"]])
                try await Connection.with(database.queryURL) { two in
                    try await two.run("SET hourglass.site = '\(signed)'")
                    #expect(try await two.values(count) == [["0"]])
                }
            }
        }
    }

    /// A login that may do more is not used.
    @Test func aPowerfulLoginIsRefused() async throws {
        try await withTwoSites(.postgres) { database, store in
            for url in [database.url, database.serverURL] {
                let sessions = QuerySessions(url: url, store: store)
                defer { sessions.close() }
                let error = await #expect(throws: QueryError.self) { try await ask("SELECT 1", sessions) }
                guard case .unavailable(let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(reason.contains("hourglass_query"))
            }
        }
    }

    // MARK: Sites

    private func withTwoSites(
        _ flavour: Flavour,
        _ body: @Sendable (TestDatabase, PostgresStore) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(
                """
                INSERT INTO site (id, name) VALUES (2, 'other-site');
                INSERT INTO person (site_id, visitor, user_id, traits, first_seen, last_seen)
                VALUES (2, 5, 'other-user', '{"x":"other-trait"}', now(), now())
                """
            )
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let hits = [(1 as Int32, Self.own), (2, "other-path")].map { site, path in
                var hit = Hit(
                    time: Timestamp(seconds: 1_767_600_000),
                    site: SiteID(rawValue: site),
                    name: "pageview",
                    flags: []
                )
                (hit.visitor, hit.path) = (Visitor(rawValue: 5), path)
                return hit
            }
            let events = [
                Event.sample(at: 1_767_600_000_000),
                Event.sample(at: 1_767_600_000_000, user: "other-user", site: .init(rawValue: 2)),
            ]
            let entries = [Batch.Entry(events: events, key: nil), Batch.Entry(hits: hits)]
            _ = try await store.append(Batch(entries: entries))
            try await database.run("ANALYZE")
            try await body(database, store)
        }
    }

    private func ask(_ text: String, _ sessions: QuerySessions) async throws -> QueryTable {
        let prepared = try SQLStatement(text).prepared(QueryParameter.given)
        return try await sessions.ask(SavedQueries.Question(site: Site.standard, prepared: prepared, values: []))
    }

    /// Sends statements as they are in a session that may see the first site; the rows, or the error.
    private func directly(
        _ text: String,
        _ sessions: QuerySessions,
        _ database: TestDatabase,
        _ store: PostgresStore
    ) async throws -> String {
        try await Connection.with(database.queryURL) { connection in
            let session = try await connection.values("SELECT pg_backend_pid()")[0][0].flatMap { Int32($0) } ?? 0
            let signed = try await store.read.withConnection {
                try await $0.execute(SignSite(site: Site.standard, session: session)).first ?? ""
            }
            try await connection.run(sessions.beginning(signed))
            let shown: String
            do {
                shown = "\(try await connection.values(text))"
            } catch let error as PostgresError {
                shown = "ERROR \(error.message) \(error.detail ?? "") \(error.hint ?? "")"
            }
            // A session that has been ended needs no end.
            try? await connection.run("ROLLBACK")
            return shown
        }
    }

    /// The state that attempts could have changed.
    private func state(of database: TestDatabase) async throws -> [[String?]] {
        try await Connection.with(database.url) {
            try await $0.values(
                """
                SELECT (SELECT count(*) FROM hourglass.hit), (SELECT count(*) FROM hourglass.event),
                       (SELECT count(*) FROM hourglass.site), (SELECT count(*) FROM pg_largeobject_metadata),
                       (SELECT count(*) FROM pg_class WHERE relowner = 'hourglass_query'::regrole),
                       (SELECT count(*) FROM pg_proc WHERE proowner = 'hourglass_query'::regrole),
                       (SELECT string_agg(name, ',' ORDER BY id) FROM hourglass.site)
                """
            )
        }
    }
}
