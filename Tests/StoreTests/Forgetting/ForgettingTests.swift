import Analytics
import Logging
import Postgres
import Schema
import Spool
import Support
import Testing

@testable import Store

/// Forgotten users are in no answer and in no table any more, and everybody else is as before.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ForgettingTests {
    /// 2008-10-09T15:00:00Z.
    private static let base = 1_223_564_400
    /// Half an hour into the third hour: windows that end in it and later are live, the others are not.
    private static let now = Timestamp(seconds: base + 9_000)

    private static func moment(_ generator: inout SeededGenerator) -> Timestamp {
        let second = Int.random(in: 0..<240, using: &generator) * 60
        let fraction = [0, 0, 0, 1, 500, 999].randomElement(using: &generator) ?? 0
        return Timestamp(milliseconds: (base + second) * 1000 + fraction)
    }

    /// Runs stores that answer from memory.
    private static func withLiveStores(
        _ database: TestDatabase,
        _ body: @Sendable ([PostgresStore]) async throws -> Void
    ) async throws {
        var configuration = PostgresStore.Configuration()
        configuration.live.now = { now }
        let stores = (0..<2).map { _ in PostgresStore(url: database.url, configuration: configuration) }
        try await withThrowingTaskGroup { group in
            for store in stores { group.addTask { try await store.run() } }
            for store in stores { try await follows(store) }
            try await body(stores)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Waits until a store answers from memory, which takes about a second, and longer on a busy machine.
    private static func follows(_ store: PostgresStore) async throws {
        let start = ContinuousClock.now
        while !store.live.isFollowing {
            try #require(start.duration(to: .now) < .seconds(120), "it does not follow")
            await Task.yield()
        }
    }

    /// People are forgotten between and after their events, hits and identities, some of which come while the job waits:
    /// all counts, from memory, from refreshed and from late hours, are those counted by hand without them.
    @Test(arguments: Flavour.allCases, 1...3 as ClosedRange<UInt64>)
    func everyAnswerIsTheOneCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("UPDATE open_hour SET since = to_timestamp(\(Self.base + 7200))")
            try await database.run("INSERT INTO site SELECT 2, 'other'")
            try await database.rollHours(from: seed.isMultiple(of: 2) ? 0 : 30)
            try await Self.withLiveStores(database) { stores in
                var generator = SeededGenerator(seed: seed)
                var crowd = Crowd { Self.moment(&$0) }
                let maintenance = Maintenance.refreshing(database, grace: .seconds(1_000_000_000))
                for round in 1...6 {
                    for store in stores { _ = try await store.append(crowd.batch(60, &generator)) }
                    if Bool.random(using: &generator) { try await maintenance.round() }
                    // Late events beside refreshed ones.
                    _ = try await stores[0].append(crowd.batch(5, &generator))
                    let (person, site) = Crowd.random(&generator)
                    let job = try await stores[1].forget(Crowd.user(person), Crowd.visitor(person), of: site)
                    #expect(job.kind == "forget user")
                    crowd.forget(person, on: site)
                    // What comes afterwards stays, whatever its time.
                    let person2 = round.isMultiple(of: 2) ? person : nil
                    _ = try await stores[0].append(crowd.batch(7, &generator, person: person2))
                    try await database.finishJobs(maintenance)
                    for _ in 0..<15 { try await Self.ask(stores, crowd, &generator, "round \(round)") }
                    try await Self.compareHits(database, crowd)
                    if Bool.random(using: &generator) {
                        try await maintenance.round()
                        for _ in 0..<10 { try await Self.ask(stores, crowd, &generator, "refreshed \(round)") }
                    }
                    for store in stores { try await Self.follows(store) }
                    for _ in 0..<5 { try await Self.ask(stores, crowd, &generator, "followed \(round)") }
                }
            }
        }
    }

    private static func ask(
        _ stores: [PostgresStore],
        _ crowd: Crowd,
        _ generator: inout SeededGenerator,
        _ when: String
    ) async throws {
        let moment = moment(&generator)
        let site = Crowd.sites.randomElement(using: &generator) ?? Site.standard
        let expected = crowd.hour(of: site, endingAt: moment)
        for store in stores {
            let answer = try await store.hour(of: site, endingAt: moment)
            #expect(answer == expected, "\(when), site \(site.rawValue), at \(moment.milliseconds)")
        }
    }

    private static func compareHits(_ database: TestDatabase, _ crowd: Crowd) async throws {
        let hits = try await database.counts(
            "SELECT site_id || ' ' || visitor, count(*) FROM hourglass_read.hit GROUP BY 1"
        )
        #expect(hits == crowd.hits)
        let visits = try await database.counts(
            "SELECT site_id || ' ' || visitor, sum(events) FROM hourglass_read.visit GROUP BY 1 HAVING sum(events) > 0"
        )
        #expect(visits == crowd.visits)
    }

    /// Rows that were accepted before the forgetting and come afterwards, as from a spool, are dropped and counted.
    @Test(arguments: Flavour.allCases, [false, true])
    func acceptedEarlierMeansForgotten(flavour: Flavour, isDone: Bool) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let maintenance = Maintenance.refreshing(database)
            let before = Timestamp(milliseconds: Timestamp.now.milliseconds - 10)
            let (ann, visitor) = (Crowd.user(1), Crowd.visitor(1))
            let device = Visitor(rawValue: 77)
            let identity = Identity(time: before, site: Site.standard, visitor: visitor, user: ann, device: device)
            _ = try await store.append(Batch(entries: [Batch.Entry(identities: [identity])]))
            _ = try await store.forget(ann, visitor, of: Site.standard)
            if isDone { try await database.finishJobs(maintenance) }

            var named = Hit(time: before, name: "click", flags: [.interactive, .namedUser])
            (named.user, named.visitor) = (ann, visitor)
            var devices = Hit(time: before, name: "click")
            devices.visitor = device
            let rows = Batch.Entry(
                events: [.sample(user: "person 1"), .sample(user: "w"), .sample(user: device.user.text)],
                hits: [named, devices],
                identities: [identity]
            )
            let after = Timestamp(milliseconds: Timestamp.now.milliseconds + 10)
            let spooled = Batch(entries: [rows.accepted(at: before), rows.accepted(at: after)])
            #expect(try await store.append(spooled) == [.stored, .stored])
            let dropped = store.measurements.first { $0.name == "hourglass_forgotten_rows_total" }
            #expect(dropped?.value == 5)
            try await database.finishJobs(maintenance)
            // The rows of `after` are new, also those of the device, who is a stranger now.
            #expect(try await database.count(.events) == 4 + 2)
            let hits = try await database.counts("SELECT visitor::text, count(*) FROM hourglass.hit GROUP BY 1")
            #expect(hits == ["-2": 1, "77": 1])
            #expect(try await database.counts("SELECT 'all', count(*) FROM hourglass.person") == ["all": 1])
            // The same person forgotten again is gone.
            _ = try await store.forget(ann, visitor, of: Site.standard)
            try await database.finishJobs(maintenance)
            #expect(try await database.count(.events) == 2)
        }
    }

    /// A spool holds hits of before and of after the forgetting.
    @Test(arguments: Flavour.allCases)
    func aSpoolIsAsked(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await withScratch { path in
                var configuration = PostgresStore.Configuration()
                configuration.retryFor = .milliseconds(50)
                let store = PostgresStore(url: database.url, configuration: configuration)
                defer { store.close() }
                let spooling = SpoolingStore(
                    try Spool(path),
                    before: store,
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                )
                try await database.breakConnections(allow: false)
                await #expect(throws: QueryError.self) {
                    try await spooling.forget(Crowd.user(1), Crowd.visitor(1), of: Site.standard)
                }
                for user in ["w", "person 1"] {
                    _ = try await spooling.append(Batch(entries: [Batch.Entry(events: [.sample(user: user)])]))
                }
                try await database.breakConnections(allow: true)
                // An attempt to connect that began before may still end with a refusal.
                try await eventually {
                    (try? await spooling.forget(Crowd.user(1), Crowd.visitor(1), of: Site.standard)) != nil
                }
                let later = [Event.sample(user: "person 1", kind: .impression)]
                _ = try await spooling.append(Batch(entries: [Batch.Entry(events: later)]))
                await #expect(throws: QueryError.incomplete(.undelivered)) {
                    try await spooling.user(Crowd.visitor(1), of: Site.standard, from: nil, limit: 1)
                }
                try await withThrowingTaskGroup { group in
                    group.addTask { await spooling.run() }
                    try await (spooling as any EventStore).eventuallyAnswers()
                    group.cancelAll()
                }
                let sql = "SELECT user_id || kind, count(*) FROM hourglass.event GROUP BY 1"
                let names = try await database.counts(sql)
                #expect(names == ["w1": 1, "person 12": 1])
            }
        }
    }

    /// A row that the database refuses is named by its place before others were left out.
    @Test func aRefusedRowIsNamedWhileUsersAreForgotten() async throws {
        try await withDatabase(.postgres) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.forget(.named("gone"), Visitor(rawValue: 5), of: Site.standard)
            try await database.run("ALTER TABLE event ADD CONSTRAINT no_bad CHECK (user_id <> 'bad')")
            let before = Timestamp(seconds: 1)
            let events: [Event] = [.sample(user: "gone"), .sample(user: "gone"), .sample(user: "bad")]
            let entry = Batch.Entry(events: events, accepted: before)
            await #expect(throws: WriteError.refused(row: 2)) { try await store.append(Batch(entries: [entry])) }
            let rest = Batch(entries: [Batch.Entry(events: Array(events.prefix(2)), accepted: before)])
            _ = try await store.append(rest)
            #expect(try await database.count(.events) == 0)
        }
    }

    /// The hours whose events have been dropped keep their counts, under names that nobody knows.
    @Test(arguments: Flavour.allCases)
    func hoursWithoutEventsGetRandomNames(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            // 2008-10-06T00:00:00Z, a Monday; the old hours are in a week and a chunk before.
            let monday = 1_223_251_200_000
            let old = monday - 25 * 86_400_000
            let events = [0, 3_000_000, 4_000_000, 8_000_000].flatMap { offset in
                [Event.sample(at: old + offset, user: "person 1"), Event.sample(at: old + offset, user: "w\(offset)")]
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            let young = ["person 1", "w"].map { Event.sample(at: monday + 86_400_000, user: $0) }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: young)]))
            let maintenance = Maintenance.refreshing(database)
            try await maintenance.round()
            try await database.run("SELECT drop_events('2008-10-06')")
            #expect(try await database.count(.events) == 2)
            _ = try await store.forget(Crowd.user(1), Crowd.visitor(1), of: Site.standard)
            try await database.finishJobs(maintenance)

            for second in stride(from: 0, through: 14_400, by: 97) {
                let moment = Timestamp(milliseconds: old + second * 1000)
                let answer = try await store.hour(of: Site.standard, endingAt: moment)
                #expect(answer == events.hour(endingAt: moment))
            }
            let rest = try await store.hour(of: Site.standard, endingAt: young[0].time)
            #expect(rest == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
            let names = try await database.counts("SELECT user_id, count(*) FROM hourglass.user_hour GROUP BY 1")
            #expect(names.count == 6)
            #expect(names.filter { $0.key.hasPrefix("\u{1}") }.map(\.value) == [3])
        }
    }
}

extension TestDatabase {
    /// Works on jobs until all have ended.
    func finishJobs(_ maintenance: Maintenance) async throws {
        for _ in 0..<20 {
            while try await maintenance.jobs.work() {}
            let left = try await counts("SELECT 'left', count(*) FROM hourglass.job WHERE ended_at IS NULL")
            if left == ["left": 0] { return }
            try await maintenance.round(isPruning: false)
            try await run("UPDATE job SET lease_until = NULL WHERE owner IS NULL")
        }
        Issue.record("the jobs do not end")
    }
}
