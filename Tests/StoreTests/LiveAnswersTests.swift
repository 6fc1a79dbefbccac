import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct LiveTests {
    /// 2008-10-09T15:00:00Z, and the two hours before and after.
    private static let base = 1_223_564_400
    /// Half an hour into the third hour: windows that end in it and later are live, the others are not.
    private static let now = Timestamp(seconds: base + 9_000)

    /// Two servers store and are asked, a third one has nothing in memory: all give the answer counted by hand, through
    /// refreshes, late events of few and of many, and hours that close.
    @Test(arguments: Flavour.allCases, 1...4 as ClosedRange<UInt64>)
    func everyServerGivesTheAnswerCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("UPDATE open_hour SET since = to_timestamp(\(Self.base + 7200))")
            try await database.run(SiteTraffic.insertion)
            try await withLiveStores(2, database) { stores in
                // With few events in an hour, its answers are not stored: here for none, or for some.
                try await database.rollHours(from: seed % 2 == 0 ? 0 : 30)
                var history = History(seed: seed, flavour: flavour, stores: stores, database: database)
                for _ in 0..<25 { try await history.step() }
                #expect(history.reached == [.rolled, .late, .touched, .live])
            }
        }
    }

    /// The sum over all writers is in each site's answer at once, whichever server is asked.
    @Test(arguments: Flavour.allCases)
    func whatIsCommittedIsInTheNextAnswerOfEveryServer(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await withLiveStores(3, database) { stores in
                try await withThrowingTaskGroup { group in
                    for (number, store) in stores.enumerated() {
                        group.addTask {
                            for round in 1...40 {
                                let events = SiteTraffic.sites.map { site in
                                    Event.sample(at: Self.now.milliseconds, user: "\(number)", site: site)
                                }
                                _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
                                let other = stores[(number + round) % 3]
                                for site in SiteTraffic.sites {
                                    let report = await other.live.hour(of: site, endingAt: Self.now)
                                    #expect(report.map { $0.clicks >= round } == true)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                for (store, site) in stores.flatMap({ store in SiteTraffic.sites.map { (store, $0) } }) {
                    let report = await store.live.hour(of: site, endingAt: Self.now)
                    #expect(report == HourReport(uniqueUsers: 3, clicks: 120, impressions: 0))
                }
            }
        }
    }

    /// A server that starts while others store misses nothing and doubles nothing.
    @Test(arguments: Flavour.allCases)
    func aServerThatStartsUnderLoadMissesNothing(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await withLiveStores(1, database) { first in
                try await withThrowingTaskGroup { group in
                    let stored = Counting()
                    group.addTask {
                        for number in 0..<400 {
                            let event = Event.sample(at: Self.now.milliseconds, user: "\(number)")
                            _ = try await first[0].append(Batch(entries: [Batch.Entry(events: [event])]))
                            stored.next()
                        }
                    }
                    for _ in 0..<5 {
                        try await withLiveStores(1, database) { second in
                            let before = stored.value
                            let report = await second[0].live.hour(of: Site.standard, endingAt: Self.now)
                            #expect(report.map { $0.clicks >= before } == true)
                            #expect(report?.clicks == report?.uniqueUsers)
                        }
                    }
                    try await group.waitForAll()
                }
                try await withLiveStores(1, database) { second in
                    for store in first + second {
                        let report = await store.live.hour(of: Site.standard, endingAt: Self.now)
                        #expect(report == HourReport(uniqueUsers: 400, clicks: 400, impressions: 0))
                    }
                }
            }
        }
    }

    /// A repeated key stores nothing, so other servers must not count it either.
    @Test(arguments: Flavour.allCases)
    func aRepeatedKeyIsHandedToNobody(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await withLiveStores(2, database) { stores in
                let key = try IdempotencyKey(parsing: "k")
                for (number, store) in (stores + stores).enumerated() {
                    let event = Event.sample(at: Self.now.milliseconds, user: "keyed")
                    let other = Event.sample(at: Self.now.milliseconds, user: "\(number)")
                    let entries = [Batch.Entry(events: [other]), Batch.Entry(events: [event], key: key)]
                    _ = try await store.append(Batch(entries: entries))
                }
                for store in stores {
                    let report = await store.live.hour(of: Site.standard, endingAt: Self.now)
                    #expect(report == HourReport(uniqueUsers: 5, clicks: 5, impressions: 0))
                }
            }
        }
    }

    @Test func whenTheConnectionBreaksItIsReadAgain() async throws {
        try await withDatabase(.postgres) { database in
            try await withLiveStores(2, database) { stores in
                for round in 1...3 {
                    let event = Event.sample(at: Self.now.milliseconds, user: "\(round)")
                    _ = try await stores[round % 2].append(Batch(entries: [Batch.Entry(events: [event])]))
                    try await database.breakConnections(allow: true)
                    for store in stores {
                        try await eventuallyFollows(store)
                        let report = try await store.hour(of: Site.standard, endingAt: Self.now)
                        #expect(report.clicks == round)
                    }
                }
            }
        }
    }

    @Test func withTooManyUsersTheDatabaseAnswers() async throws {
        try await withDatabase(.postgres) { database in
            try await withLiveStores(1, users: 2, database) { stores in
                let events = (1...3).map { Event.sample(at: Self.now.milliseconds, user: "\($0)") }
                _ = try await stores[0].append(Batch(entries: [Batch.Entry(events: events)]))
                #expect(!stores[0].live.isFollowing)
                let report = try await stores[0].hour(of: Site.standard, endingAt: Self.now)
                #expect(report.uniqueUsers == 3)
            }
        }
    }

    private func withLiveStores(
        _ count: Int,
        users: Int = 100_000,
        _ database: TestDatabase,
        _ body: @Sendable ([PostgresStore]) async throws -> Void
    ) async throws {
        var configuration = PostgresStore.Configuration()
        configuration.live.now = { Self.now }
        configuration.live.users = users
        let stores = (0..<count).map { _ in PostgresStore(url: database.url, configuration: configuration) }
        try await withThrowingTaskGroup { group in
            for store in stores { group.addTask { try await store.run() } }
            for store in stores { try await eventuallyFollows(store) }
            try await body(stores)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Waits until a store answers from memory, which takes about a second, and longer on a busy machine.
    private func eventuallyFollows(_ store: PostgresStore) async throws {
        try await eventually { store.live.isFollowing }
    }
}
