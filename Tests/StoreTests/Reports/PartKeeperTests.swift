import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// The parts that the server which maintains builds and compares, without a question.
@Suite(.needsPostgres)
struct PartKeeperTests {
    /// The first of the days with hits, in days since 1970.
    private static let firstDay = 20_000
    private static let days = [firstDay, firstDay + 1, firstDay + 5]

    private static func hit(on day: Int, at second: Int = 60) -> Batch {
        var hit = Hit(time: Timestamp(seconds: day * 86_400 + second), name: "pageview")
        hit.visitor = Visitor(rawValue: 7)
        return Batch(entries: [Batch.Entry(hits: [hit])])
    }

    private static func pageviews(_ store: PostgresStore) async throws -> [Report.Value] {
        let start = Timestamp(seconds: firstDay * 86_400)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(7 * 86_400))))
        let query = Query(site: Site.standard, period: period, metrics: [.pageviews])
        return try await store.report(query).rows[0].values
    }

    /// The days of stored parts, in days since 1970.
    private static func stored(_ database: TestDatabase) async throws -> [Int] {
        try await Connection.with(database.url) { connection in
            let query = PostgresQuery("SELECT day - '1970-01-01' FROM hourglass.part WHERE hits > 0 ORDER BY day")
            return try await connection.execute(query) { try $0.decode(Int.self) }
        }
    }

    private static func withStore(
        _ flavour: Flavour,
        _ body: @Sendable (PostgresStore, TestDatabase) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            for day in days { _ = try await store.append(hit(on: day)) }
            _ = try await store.append(hit(on: Timestamp.now.milliseconds / 86_400_000, at: 0))
            try await body(store, database)
        }
    }

    /// Maintains for some rounds, each of which builds for a short time.
    private static func maintain(_ store: PostgresStore) async throws {
        let maintenance = store.maintenance(Maintenance.Configuration())
        for _ in 0..<5 { try await maintenance.round() }
    }

    @Test(arguments: Flavour.allCases)
    func closedDaysAreStoredBeforeAQuestion(flavour: Flavour) async throws {
        try await Self.withStore(flavour) { store, database in
            try await database.run("INSERT INTO part_gap (days) VALUES (3)")
            let before = await store.checks().last
            #expect(before?.remark == "no part is stored for 3 days: answers about them come from rows")
            #expect(before?.isWell == true)
            try await Self.maintain(store)
            #expect(try await Self.stored(database) == Self.days)
            #expect(await store.checks().last?.remark == nil)
            let other = PostgresStore(url: database.url)
            defer { other.close() }
            #expect(try await Self.pageviews(other) == [.count(3)])
            #expect(other.partRecord.count(of: .built) == 0)
            #expect(other.partRecord.count(of: .read) == 3)
        }
    }

    /// A little less memory than a question needs makes it read a little again, not everything.
    @Test(arguments: Flavour.allCases)
    func questionsBeyondTheMemoryReadWhatIsMissing(flavour: Flavour) async throws {
        try await Self.withStore(flavour) { store, database in
            try await Self.maintain(store)
            #expect(try await Self.pageviews(store) == [.count(3)])
            var configuration = PostgresStore.Configuration()
            // Days without hits, of which there are seven, take 64 bytes.
            configuration.partMemory = store.parts.kept.bytes - 7 * 64 - 1
            let small = PostgresStore(url: database.url, configuration: configuration)
            defer { small.close() }
            #expect(try await Self.pageviews(small) == [.count(3)])
            let read = small.partRecord.count(of: .read)
            for question in 1...3 {
                #expect(try await Self.pageviews(small) == [.count(3)])
                // Those that are missing of the ten days are read before it is known that all are too much, and after.
                #expect(small.partRecord.count(of: .read) - read < 10 * question)
                #expect(small.parts.kept.parts == 2 && small.parts.kept.bytes <= configuration.partMemory)
            }
            // What has come since is counted.
            _ = try await store.append(Self.hit(on: Self.days[2], at: 90))
            #expect(try await Self.pageviews(small) == [.count(4)])
        }
    }

    @Test(arguments: Flavour.allCases)
    func oneOfTwoServersBuilds(flavour: Flavour) async throws {
        try await Self.withStore(flavour) { store, database in
            let other = PostgresStore(url: database.url)
            defer { other.close() }
            try await withThrowingTaskGroup { group in
                for store in [store, other] {
                    group.addTask { try await Self.maintain(store) }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.stored(database) == Self.days)
            #expect(store.partRecord.count(of: .built) + other.partRecord.count(of: .built) == 3)
        }
    }

    @Test(arguments: Flavour.allCases)
    func daysThatAreNotKeptAreLeftOut(flavour: Flavour) async throws {
        try await Self.withStore(flavour) { store, database in
            let border = (Self.firstDay + 1) * 86_400
            try await database.run("UPDATE retention SET hits_since = to_timestamp(\(border))")
            try await Self.maintain(store)
            #expect(try await Self.stored(database) == Array(Self.days.dropFirst()))
        }
    }

    /// Rows are deleted without a note, as by hand.
    @Test(arguments: Flavour.allCases)
    func partsThatDifferFromTheRowsAreBuiltAgain(flavour: Flavour) async throws {
        try await Self.withStore(flavour) { store, database in
            let maintenance = store.maintenance(Maintenance.Configuration())
            try await Self.maintain(store)
            #expect(try await Self.pageviews(store) == [.count(3)])
            let missing = Self.days[1] * 86_400
            try await database.run(
                "DELETE FROM hit WHERE ts >= to_timestamp(\(missing)) AND ts < to_timestamp(\(missing + 86_400))"
            )
            // A part that lacks a hit of which there is a note is not wrong.
            _ = try await store.append(Self.hit(on: Self.days[2], at: 90))
            try await maintenance.round(isPruning: false)
            #expect(store.partRecord.count(of: .differing) == 0)
            try await database.run("UPDATE part SET checked_at = now() - INTERVAL '25 hours'")
            try await maintenance.round(isPruning: false)
            #expect(store.partRecord.count(of: .differing) == 1)
            #expect(try await Self.stored(database) == [Self.days[0], Self.days[2]])
            // This server had it in memory.
            #expect(try await Self.pageviews(store) == [.count(3)])
            try await maintenance.round(isPruning: false)
            #expect(store.partRecord.count(of: .differing) == 1)
        }
    }
}
