import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct RollupTests {
    /// Random events of several sites around a few hours, asked about before and after each refresh and after late ones.
    ///
    /// The answers are stored for all hours, for some and for none.
    @Test(arguments: Flavour.allCases, [(1, 0), (2, 0), (3, 0), (4, 300), (5, 600), (6, 10_000)] as [(UInt64, Int)])
    func everyAnswerIsTheOneCountedByHand(flavour: Flavour, history: (seed: UInt64, rolledFrom: Int)) async throws {
        try await withDatabase(flavour) { database in
            let seed = history.seed
            try await database.rollHours(from: history.rolledFrom)
            let store = PostgresStore(url: database.url)
            let maintenance = Maintenance.refreshing(database)
            var generator = SeededGenerator(seed: seed)
            var traffic = SiteTraffic { .randomMoment(&$0) }
            try await database.run(SiteTraffic.insertion)
            // The first round of maintenance closes the second and third hour; until then they are open.
            try await database.run("UPDATE open_hour SET since = to_timestamp(1223568000)")
            for round in 1...4 {
                _ = try await store.append(traffic.batch(500, &generator))
                try await expectExact(store, traffic, "after batch \(round)", &generator)
                // Round 2 has no refresh, so late events meet closed, touched and fresh hours.
                if round != 2 {
                    #expect(try await maintenance.round() > 0)
                    #expect(try await database.count(.touchedHours) == 0)
                    try await expectExact(store, traffic, "after refresh \(round)", &generator)
                }
            }
            #expect(try await database.count(.userHours) > 0)
            store.close()
        }
    }

    /// The planner's statistics are always a little old: they must not decide how the late users of an hour are found.
    @Test(arguments: Flavour.allCases)
    func lateUsersAreFoundByTheIndexWhateverTheStatisticsSay(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            let hour = 1_223_568_000_000
            let users = (0..<20_000).map { Event.sample(at: hour + $0, user: "user \($0)") }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample(at: hour - 36_000_000)])]))
            try await Maintenance.refreshing(database).round()
            try await database.run("ANALYZE")
            _ = try await store.append(Batch(entries: [Batch.Entry(events: users)]))
            try await Maintenance.refreshing(database).round()
            for round in 1...4 {
                let late = (0..<16).map { Event.sample(at: hour + 5_000, user: "user \(15_000 + 16 * round + $0)") }
                _ = try await store.append(Batch(entries: [Batch.Entry(events: late)]))
            }
            let setup = "SET search_path = hourglass, public;"
            let read = try await Connection.with(database.url, setup: setup) { connection in
                try await connection.transaction { connection in
                    #expect(try connection.perform(Ask(milliseconds: hour + 10_000)) == [10_001 + 64])
                    return try connection.perform(RowsRead())
                }
            }
            let count = try #require(read.first)
            #expect(count < 1_000)
            store.close()
        }
    }

    private func expectExact(
        _ store: PostgresStore,
        _ traffic: SiteTraffic,
        _ when: Comment,
        _ generator: inout SeededGenerator
    ) async throws {
        for site in SiteTraffic.sites {
            for _ in 0..<10 {
                let moment = Timestamp.randomMoment(&generator)
                let answer = try await store.hour(of: site, endingAt: moment)
                #expect(answer == traffic.hour(of: site, endingAt: moment), when)
            }
        }
    }

    @Test(arguments: Flavour.allCases)
    func bothEndsOfTheWindowCount(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            let end = 1_634_003_600_123
            let events = [-1, 0, 1, 3_600_000 - 1, 3_600_000, 3_600_001].map { offset in
                Event.sample(at: end - offset, user: "u\(offset)", kind: .impression)
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            for refresh in [false, true] {
                if refresh { try await Maintenance.refreshing(database).round() }
                let report = try await store.hour(of: Site.standard, endingAt: Timestamp(milliseconds: end))
                #expect(report == HourReport(uniqueUsers: 4, clicks: 0, impressions: 4))
            }
            store.close()
        }
    }

    @Test(arguments: Flavour.allCases)
    func anotherSiteIsNotCounted(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            try await database.run("INSERT INTO site VALUES (2, 'other')")
            let entry = Batch.Entry(events: [.sample(site: SiteID(rawValue: 2))])
            _ = try await store.append(Batch(entries: [entry]))
            for _ in 1...2 {
                let mine = try await store.hour(of: Site.standard, endingAt: Event.sample().time)
                let other = try await store.hour(of: SiteID(rawValue: 2), endingAt: Event.sample().time)
                #expect(mine == HourReport(uniqueUsers: 0, clicks: 0, impressions: 0))
                #expect(other == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
                try await Maintenance.refreshing(database).round()
            }
            store.close()
        }
    }
}

extension Timestamp {
    /// A moment within three hours of 2008, on a whole minute or a fraction of a second after it, so that edges are
    /// hit.
    fileprivate static func randomMoment(_ generator: inout SeededGenerator) -> Timestamp {
        let hour = 1_223_564_400_000
        let second = Int.random(in: 0..<180, using: &generator) * 60
        let fraction = Bool.random(using: &generator) ? 0 : Int.random(in: -999...999, using: &generator)
        return Timestamp(milliseconds: hour + second * 1000 + fraction)
    }
}

private struct Ask: Statement {
    static let sql = "SELECT unique_users FROM rollup(1, to_timestamp($1::bigint / 1000))"
    let milliseconds: Int
    var parameters: Parameters { Parameters(milliseconds) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
