import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// Sites that keep their events for a shorter time than the server.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct EventRetentionTests {
    /// 2008-10-06T00:00:00Z, a Monday.
    private static let monday = 1_223_251_200_000
    private static let day = 86_400_000

    /// Before, between and after the steps, and after refreshes for the other sites, answers are those counted by hand; of
    /// whole seconds where the site's events are gone.
    @Test(arguments: Flavour.allCases, [(41, 0), (42, 60), (43, 10_000)] as [(UInt64, Int)])
    func everyAnswerIsTheOneCountedByHand(flavour: Flavour, history: (seed: UInt64, rolledFrom: Int)) async throws {
        try await withDatabase(flavour) { database in
            try await database.rollHours(from: history.rolledFrom)
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run(ShortHistory.insertion)
            var course = ShortHistory(seed: history.seed)
            let maintenance = Maintenance.refreshing(database)
            for round in 0..<6 {
                try await course.store(300, in: store)
                try await maintenance.round(isPruning: false)
                for _ in 0..<3 { try await course.store(5, in: store) }
                try await course.expectExact(store, "after late events of round \(round)")
                try await maintenance.round(isPruning: false)
                // A day more in every second round.
                let border = Self.monday + (round + 1) / 2 * Self.day
                try await database.maintain("SELECT close_old_events(2, to_timestamp(\(border / 1000)))")
                course.since = border
                try await course.expectExact(store, "closed in round \(round)")
                if round.isMultiple(of: 2) {
                    try await database.maintain("SELECT delete_old_events(2)")
                    try await course.expectExact(store, "deleted in round \(round)")
                }
                if flavour == .timescaledb { try await database.maintain("SELECT compress_events('2010-01-01')") }
                // The hours around the midnights, as for late events of the other sites.
                for hour in [-1, 0, 1] {
                    let time = border / 1000 + hour * 3600
                    try await database.maintain("CALL refresh_hour(to_timestamp(\(time)))")
                }
                try await course.expectExact(store, "refreshed in round \(round)")
            }
            for _ in 0..<4 { try await database.maintain("SELECT delete_old_events(2)") }
            try await course.expectExact(store, "deleted")
            #expect(course.refused > 0 && course.old > 20)
            #expect(try await database.count("SELECT count(*) FROM old_user_hour WHERE site_id <> 2") == 0)
            #expect(try await database.count("SELECT count(*) FROM old_user_hour") > 0)
            #expect(
                try await database.count("SELECT count(*) FROM event WHERE site_id = 2 AND ts < '2008-10-08Z'") == 0
            )
            try await database.run("SELECT rename_site('short', 'brief')")
            try await course.expectExact(store, "renamed")
            try await database.run("SELECT remove_site('brief')")
            try await database.finishJobs(maintenance)
            let left = """
                SELECT (SELECT count(*) FROM old_user_hour) + (SELECT count(*) FROM old_second_count)
                       + (SELECT count(*) FROM site_retention)
                """
            #expect(try await database.count(left) == 0)
        }
    }

    /// A late event after the midnight is of a user whose events before have been deleted: one user in the window of both.
    @Test(arguments: Flavour.allCases)
    func lateEventsMeetUsersOfDeletedEvents(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.rollHours(from: 1)
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run(ShortHistory.insertion)
            let site = SiteID(rawValue: 2)
            func event(_ minute: Int, _ user: String) -> Event {
                .sample(at: Self.monday + minute * 60_000, user: user, site: site)
            }
            let events = [event(-10, "u"), event(5, "v")]
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            let maintenance = Maintenance.refreshing(database)
            try await maintenance.round()
            try await database.maintain("SELECT close_old_events(2, to_timestamp(\(Self.monday / 1000)))")
            try await database.maintain("SELECT delete_old_events(2)")
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [event(10, "u")])]))
            #expect(try await database.count(.lateUsers) == 1)
            for isRefreshed in [false, true] {
                if isRefreshed { try await maintenance.round() }
                for offset in [1_200_000, 1_200_300] {
                    let report = try await store.hour(of: site, endingAt: Timestamp(milliseconds: Self.monday + offset))
                    #expect(report == HourReport(uniqueUsers: 2, clicks: 3, impressions: 0))
                }
            }
            #expect(try await database.count(.lateUsers) == 0)
        }
    }

    /// The nightly deletion follows the setting of the site, takes a day in a step, and is told in the metrics.
    @Test(arguments: Flavour.allCases)
    func maintenanceDeletesWhatASiteDoesNotKeep(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run(ShortHistory.insertion)
            let events = (0..<8).flatMap { number in
                [1, 2].map { site in
                    Event.sample(
                        at: Self.monday + number * Self.day / 2,
                        user: "\(number)",
                        site: SiteID(rawValue: site)
                    )
                }
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            try await database.keep(daysSince: Self.monday + 3 * Self.day, of: 2)
            var configuration = Maintenance.Configuration()
            configuration.quiet = .zero
            let maintenance = store.maintenance(configuration)
            // Events are taken as long as the aggregates do not show all of the day.
            try await database.maintain("SELECT close_old_events(2, '2008-10-09Z')")
            let closed = "SELECT count(*) FROM site_retention WHERE events_since = '2008-10-06Z'"
            #expect(try await database.count(closed) == 1)
            try await eventually {
                try await maintenance.round()
                return try await database.count("SELECT count(*) FROM sites_with_old_events()") == 0
            }
            #expect(try await database.count("SELECT count(*) FROM event WHERE site_id = 1") == 8)
            #expect(try await database.count("SELECT count(*) FROM event WHERE site_id = 2") == 2)
            #expect(store.keeping.count(of: .eventsDeleted) == 6)
            for event in events {
                let report = try await store.hour(of: event.site, endingAt: event.time)
                #expect(report == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
            }
            // A longer time brings nothing back, and does not take events again.
            try await database.keep(daysSince: Self.monday, of: 2)
            try await maintenance.round()
            await #expect(throws: WriteError.refused(rows: [0], Rejection(.timestamp, .pastRetention))) {
                try await store.append(Batch(entries: [Batch.Entry(events: [events[1]])]))
            }
        }
    }

    /// Only the events of the site that does not keep them are refused, by statements, by a COPY and from hits.
    @Test(arguments: Flavour.allCases)
    func lateEventsOfTheSiteAreRefused(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run(ShortHistory.insertion)
            try await database.maintain("SELECT close_old_events(2, to_timestamp(\(Self.monday / 1000)))")
            func event(_ site: Int32, _ offset: Int) -> Event {
                .sample(at: Self.monday + offset, site: SiteID(rawValue: site))
            }
            let late = [event(1, -1), event(2, -1), event(2, 0), event(2, -Self.day), event(3, -1)]
            let reason = Rejection(.timestamp, .pastRetention)
            await #expect(throws: WriteError.refused(rows: [1, 3], reason)) {
                try await store.append(Batch(entries: [Batch.Entry(events: late)]))
            }
            let many = late + (0..<2_000).map { event(1, $0) }
            await #expect(throws: WriteError.refused(rows: [1, 3], reason)) {
                try await store.append(Batch(entries: [Batch.Entry(events: many)]))
            }
            var hit = Hit(time: late[1].time, name: "click", flags: [.interactive, .namedUser])
            (hit.user, hit.visitor, hit.site) = (.named("a"), Visitor(rawValue: 7), SiteID(rawValue: 2))
            let hits = [hit]
            await #expect(throws: WriteError.refused(rows: [1], reason)) {
                try await store.append(Batch(entries: [Batch.Entry(events: [late[0]], hits: hits)]))
            }
            #expect(try await database.count(.events) == 0)
            // No border of all sites has come of it.
            #expect(store.keptSince == nil)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [late[0], late[2], late[4]])]))
            #expect(try await database.count(.events) == 3)
        }
    }

    /// A user is forgotten in events that are there, and has a random name in the counts of those that are not.
    @Test(arguments: Flavour.allCases)
    func aUserIsForgottenInOldHoursToo(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run(ShortHistory.insertion)
            let site = SiteID(rawValue: 2)
            let times = [Self.monday - 1_800_000, Self.monday - 60_000, Self.monday + 60_000, Self.monday + Self.day]
            let events = times.flatMap { time in
                ["ann", "bob"].map { Event.sample(at: time, user: $0, site: site) }
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            let maintenance = Maintenance.refreshing(database)
            try await maintenance.round()
            try await database.maintain("SELECT close_old_events(2, to_timestamp(\(Self.monday / 1000)))")
            try await database.maintain("SELECT delete_old_events(2)")
            #expect(try await database.count(.events) == 4)
            _ = try await store.forget(.named("ann"), Visitor(rawValue: 5), of: site)
            try await database.finishJobs(maintenance)
            let named = """
                SELECT (SELECT count(*) FROM old_user_hour WHERE user_id = 'ann')
                       + (SELECT count(*) FROM user_hour WHERE user_id = 'ann')
                       + (SELECT count(*) FROM event WHERE user_id = 'ann')
                """
            #expect(try await database.count(named) == 0)
            let before = try await store.hour(of: site, endingAt: Timestamp(milliseconds: Self.monday - 1))
            #expect(before == HourReport(uniqueUsers: 2, clicks: 4, impressions: 0))
            let across = try await store.hour(of: site, endingAt: Timestamp(milliseconds: Self.monday + 120_000))
            #expect(across == HourReport(uniqueUsers: 2, clicks: 5, impressions: 0))
            let after = try await store.hour(of: site, endingAt: events[7].time)
            #expect(after == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
        }
    }

    /// Of the columnstore one batch is unpacked, which goes on over a midnight; those of other sites stay as they are.
    @Test func batchesOfTheColumnstoreGoAsAWhole() async throws {
        try await withDatabase(.timescaledb) { database in
            try await database.run(
                """
                \(ShortHistory.insertion);
                INSERT INTO event (ts, site_id, kind, user_id)
                SELECT to_timestamp(\(Self.monday / 1000)) + n * INTERVAL '4 seconds', 1 + n % 2, 1, n % 100
                  FROM generate_series(0, 64799) AS n
                """
            )
            while try await database.count("SELECT compress_events('2009-01-01')") == 1 {}
            try await database.maintain("SELECT close_old_events(2, '2008-10-08Z')")
            try await database.maintain("SELECT delete_old_events(2)")
            #expect(try await database.count("SELECT count(*) FROM event WHERE site_id = 2") == 21_600)
            #expect(try await database.count("SELECT count(*) FROM event WHERE site_id = 1") == 32_400)
            let unpacked = """
                SELECT coalesce(sum(pg_relation_size(format('%I.%I', schema_name, table_name)::regclass)), 0)::bigint
                  FROM _timescaledb_catalog.chunk WHERE status & 8 <> 0
                """
            // 1 000 rows at most.
            #expect(try await database.count(unpacked) < 131_072)
        }
    }
}

/// Random events of three sites around some midnights, of which the site 2 keeps those since a moment.
private struct ShortHistory {
    static let insertion = "INSERT INTO site (id, name) VALUES (2, 'short'), (3, 'third')"
    private static let monday = 1_223_251_200_000

    /// The first moment whose events the short site keeps, in milliseconds since 1970.
    var since = Int.min
    /// The numbers of events that were refused, and of questions about old hours.
    private(set) var refused = 0
    private(set) var old = 0
    private var events: [Event] = []
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A moment within two hours of one of four midnights, on a whole second or not.
    private mutating func moment() -> Int {
        let second = Int.random(in: -7200...7200, using: &generator) * 1000
        let fraction = Bool.random(using: &generator) ? 0 : Int.random(in: 1...999, using: &generator)
        return Self.monday + Int.random(in: -1...2, using: &generator) * 86_400_000 + second + fraction
    }

    /// Stores random events; those that the short site does not keep any more are refused, and the others stored.
    mutating func store(_ count: Int, in store: PostgresStore) async throws {
        var new: [Event] = []
        for _ in 0..<count {
            let time = moment()
            new.append(
                .sample(
                    at: time,
                    user: "user \(Int.random(in: 1...15, using: &generator))",
                    kind: Bool.random(using: &generator) ? .click : .impression,
                    site: SiteID(rawValue: [1, 2, 2, 3].randomElement(using: &generator) ?? 2)
                )
            )
        }
        let rows = new.indices.filter { isOld(new[$0].site, new[$0].time.milliseconds) }
        if !rows.isEmpty {
            let batch = Batch(entries: [Batch.Entry(events: new)])
            await #expect(throws: WriteError.refused(rows: rows, Rejection(.timestamp, .pastRetention))) {
                try await store.append(batch)
            }
            refused += rows.count
        }
        let kept = new.indices.filter { !rows.contains($0) }.map { new[$0] }
        _ = try await store.append(Batch(entries: [Batch.Entry(events: kept)]))
        events += kept
    }

    private func isOld(_ site: SiteID, _ time: Int) -> Bool { site.rawValue == 2 && time < since }

    /// The hour that ends at a moment, or at the last whole second where the events are not kept.
    private func counted(_ site: SiteID, _ time: Int) -> HourReport {
        let end = isOld(site, time - 3_600_000) ? time / 1000 * 1000 : time
        return events.filter { $0.site == site }.hour(endingAt: Timestamp(milliseconds: end))
    }

    /// Compares single answers, and those at many moments, with the count by hand.
    mutating func expectExact(_ store: PostgresStore, _ when: Comment) async throws {
        for number: Int32 in [1, 2, 2, 3] {
            let site = SiteID(rawValue: number)
            for _ in 0..<6 {
                let time = moment() + Int.random(in: 0...3600, using: &generator) * 1000
                let answer = try await store.hour(of: site, endingAt: Timestamp(milliseconds: time))
                #expect(answer == counted(site, time), when)
                old += isOld(site, time - 3_600_000) ? 1 : 0
            }
            let first = Timestamp(
                milliseconds: Self.monday - 93_600_000 + Int.random(in: 0...1, using: &generator) * 437
            )
            let steps = HourSteps(first: first, step: 1_237_000, count: 240)
            let reports = try await store.hours(of: site, endingAt: steps)
            for (moment, report) in zip(steps.moments, reports) {
                #expect(report == counted(site, moment.milliseconds), when)
            }
        }
    }
}

extension TestDatabase {
    /// Runs a statement as the server maintains.
    fileprivate func maintain(_ sql: String) async throws {
        try await Connection.with(url, setup: ConnectionPurpose.maintaining.setup) { try await $0.run(sql) }
    }

    /// Sets a site to keep what has come since a midnight, in milliseconds since 1970.
    fileprivate func keep(daysSince start: Int, of site: Int) async throws {
        let days = Timestamp.now.milliseconds / 86_400_000 - start / 86_400_000
        try await run("UPDATE site SET settings = jsonb_build_object('retention_days', \(days)) WHERE id = \(site)")
    }
}
