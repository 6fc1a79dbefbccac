import Analytics
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct RetentionTests {
    /// 2008-10-06T00:00:00Z, a Monday: with TimescaleDB a chunk ends on the Thursday before.
    private static let monday = 1_223_251_200_000

    /// The events of old weeks are dropped, the answers about them stay, and further events of them are refused.
    @Test(arguments: Flavour.allCases)
    func answersOutliveTheEvents(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            var generator = SeededGenerator(seed: 7)
            let events = (0..<600).map { _ in
                // In three hours of a Thursday 25 days earlier, so that whole weeks and chunks are dropped.
                Event.sample(
                    at: Self.monday - 25 * 86_400_000 + Int.random(in: 0..<10_800, using: &generator) * 1000,
                    user: "user \(Int.random(in: 1...80, using: &generator))",
                    kind: Bool.random(using: &generator) ? .click : .impression
                )
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            let young = Event.sample(at: Self.monday + 86_400_000)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [young])]))

            // A week with an hour that has still to be refreshed is kept.
            try await database.run("SELECT drop_events('2008-10-06')")
            #expect(try await database.count(.events) == 601)
            try await Maintenance.refreshing(database).round()
            try await database.run("SELECT drop_events('2008-10-06')")
            #expect(try await database.count(.events) == 1)

            for second in stride(from: 0, through: 14_400, by: 97) {
                let moment = Timestamp(milliseconds: Self.monday - 25 * 86_400_000 + second * 1000)
                let answer = try await store.hour(of: Site.standard, endingAt: moment)
                #expect(answer == events.hour(endingAt: moment))
                let fraction = try await store.hour(
                    of: Site.standard,
                    endingAt: moment.advanced(by: .milliseconds(400))
                )
                #expect(fraction == answer)
            }
            // Windows of dropped and of kept events, on whole seconds and between.
            for fraction in [0, 400] {
                let first = Timestamp(milliseconds: Self.monday - 25 * 86_400_000 + fraction)
                let steps = HourSteps(first: first, step: 1_237_000, count: 2_000)
                let reports = try await store.hours(of: Site.standard, endingAt: steps)
                for (moment, report) in zip(steps.moments, reports) where report.uniqueUsers > 0 {
                    let answer = try await store.hour(of: Site.standard, endingAt: moment)
                    #expect(report == answer, "\(moment.milliseconds)")
                }
                #expect(reports.count { $0.uniqueUsers > 1 } > 5)
                #expect(reports.last { $0.uniqueUsers > 0 } == [young].hour(endingAt: young.time))
            }
            let late = Batch(entries: [Batch.Entry(events: [events[0]])])
            await #expect(throws: WriteError.refused(rows: [0], Rejection(.timestamp, .beforeEarliest))) {
                try await store.append(late)
            }
            #expect(try await database.count(.touchedHours) == 0)
            store.close()
        }
    }

    @Test(arguments: Flavour.allCases)
    func maintenanceDropsWhatIsOldEnough(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
            var configuration = Maintenance.Configuration()
            configuration.quiet = .zero
            try await Maintenance.refreshing(database, configuration).round()
            #expect(try await database.count(.events) == 1)
            configuration.retention = .seconds(86_400)
            try await Maintenance.refreshing(database, configuration).round()
            #expect(try await database.count(.events) == 0)
            let report = try await store.hour(of: Site.standard, endingAt: Event.sample().time)
            #expect(report == HourReport(uniqueUsers: 1, clicks: 1, impressions: 0))
            store.close()
        }
    }

    /// Late events of compressed weeks count, before and after the next refresh.
    @Test func compressedEventsCountLikeOthers() async throws {
        try await withDatabase(.timescaledb) { database in
            let store = PostgresStore(url: database.url)
            var configuration = Maintenance.Configuration()
            configuration.quiet = .zero
            configuration.compressAfter = .seconds(86_400)
            var stored: [Event] = []
            for round in 0..<3 {
                let events = (0..<10).map { Event.sample(user: "\(round) \($0)") }
                _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
                stored += events
                for _ in 1...2 {
                    let report = try await store.hour(of: Site.standard, endingAt: Event.sample().time)
                    #expect(report == stored.hour(endingAt: Event.sample().time))
                    try await Maintenance.refreshing(database, configuration).round()
                }
            }
            #expect(try await database.count(.compressedChunks) == 1)
            #expect(try await database.count(.events) == 30)
            store.close()
        }
    }
}
