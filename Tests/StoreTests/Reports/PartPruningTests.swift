import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// The notes about changed hits, and the parts that lack these hits, after all servers have had time to read them.
@Suite(.needsPostgres)
struct PartPruningTests {
    private static let day = 20_000

    private static func hit(_ name: String, at second: Int) -> Hit {
        var hit = Hit(time: Timestamp(seconds: day * 86_400 + second), name: name)
        hit.visitor = Visitor(rawValue: 7)
        return hit
    }

    private static func counts(_ store: PostgresStore) async throws -> [Report.Value] {
        let start = Timestamp(seconds: day * 86_400)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(86_400))))
        let query = Query(site: Site.standard, period: period, metrics: [.events, .visits])
        return try await store.report(query).rows[0].values
    }

    private static func rows(of table: String, _ database: TestDatabase) async throws -> String? {
        try await lines("SELECT count(*)::text FROM hourglass.\(table)", database).first
    }

    private static func lines(_ sql: String, _ database: TestDatabase) async throws -> [String] {
        try await Connection.with(database.url) { connection in
            try await connection.execute(PostgresQuery(sql)) { try $0.decode(String.self) }
        }
    }

    /// Deletes the notes as if a quarter of an hour had passed.
    private static func deleteNotes(_ database: TestDatabase) async throws {
        // Other databases of the server have transactions as well, which end some time.
        let start = ContinuousClock.now
        while try await rows(of: "touched_time", database) != "0" {
            try #require(start.duration(to: .now) < .seconds(60))
            try await database.run(
                "SET search_path = hourglass; UPDATE touched_border SET at = at - INTERVAL '16 minutes'; "
                    + "SELECT prune_parts(); UPDATE touched_border SET at = at - INTERVAL '16 minutes'"
            )
        }
    }

    /// A server that was away for long has parts whose changes it can no longer learn.
    @Test(arguments: Flavour.allCases)
    func takeOldPartsWithThem(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let (away, other) = (PostgresStore(url: database.url), PostgresStore(url: database.url))
            defer { for store in [away, other] { store.close() } }
            _ = try await away.append(Batch(entries: [Batch.Entry(hits: [Self.hit("pageview", at: 60)])]))
            #expect(try await Self.counts(away) == [.count(1), .count(1)])
            _ = try await other.append(Batch(entries: [Batch.Entry(hits: [Self.hit("click", at: 120)])]))
            try await Self.deleteNotes(database)
            await away.storeParts()
            #expect(try await Self.counts(other) == [.count(2), .count(1)])
            await other.storeParts()
            let parts = try await Self.lines("SELECT hits::text FROM hourglass.part WHERE hits > 0", database)
            #expect(parts == ["2"])
        }
    }

    @Test(arguments: Flavour.allCases)
    func goWhenTheirTransactionsHaveEnded(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [Self.hit("pageview", at: 60)])]))
            #expect(try await Self.counts(store) == [.count(1), .count(1)])
            await store.storeParts()
            #expect(try await Self.rows(of: "part", database) != "0")
            // The stored part lacks this one.
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [Self.hit("click", at: 120)])]))
            #expect(try await Self.rows(of: "touched_time", database) == "2")

            try await database.run("SET search_path = hourglass; SELECT prune_parts()")
            #expect(try await Self.rows(of: "touched_time", database) == "2")
            // A transaction that has begun before, and ends later.
            try await Connection.with(database.url, setup: "SET search_path = hourglass;") { late in
                try await late.run("BEGIN; INSERT INTO touched_time SELECT 1, to_timestamp(0), to_timestamp(0)")
                try await Self.deleteNotes(database)
                try await late.run("COMMIT")
            }
            // It had not ended at the last border.
            try await database.run("SET search_path = hourglass; SELECT prune_parts()")
            #expect(try await Self.rows(of: "touched_time", database) == "1")
            let parts = try await Self.lines("SELECT day::text FROM hourglass.part WHERE hits > 0", database)
            #expect(parts == [])
            let other = PostgresStore(url: database.url)
            defer { other.close() }
            #expect(try await Self.counts(other) == [.count(2), .count(1)])
        }
    }
}
