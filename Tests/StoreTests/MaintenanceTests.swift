import Analytics
import FoundationEssentials
import Postgres
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct MaintenanceTests {
    /// Events are stored while their hour is refreshed: each committed event is in the very next answer.
    @Test(arguments: Flavour.allCases)
    func lateEventsAreCountedAtOnceWhileTheirHourIsRefreshed(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    let maintenance = Maintenance.refreshing(database)
                    while !Task.isCancelled { try await maintenance.round(isPruning: false) }
                }
                try await withThrowingTaskGroup { writers in
                    for writer in 0..<4 {
                        writers.addTask { try await Self.writeAndAsk(store, writer: writer) }
                    }
                    try await writers.waitForAll()
                }
                group.cancelAll()
                // Maintenance throws when the cancellation interrupts a refresh.
                while let result = await group.nextResult() { _ = result }
            }
            try await Maintenance.refreshing(database).round()
            let report = try await store.hour(of: Site.standard, endingAt: Event.sample().time)
            #expect(report == HourReport(uniqueUsers: 4, clicks: 100, impressions: 0))
            store.close()
        }
    }

    /// Every writer has a user of its own, and asks after each event whether it has been counted.
    private static func writeAndAsk(_ store: PostgresStore, writer: Int) async throws {
        let event = Event.sample(user: "writer \(writer)")
        var before = try await store.hour(of: Site.standard, endingAt: event.time).clicks
        for _ in 0..<25 {
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [event])]))
            let after = try await store.hour(of: Site.standard, endingAt: event.time).clicks
            #expect(after > before)
            before = after
        }
    }

    @Test(arguments: Flavour.allCases)
    func anHourThatSomebodyElseMaintainsIsLeftAlone(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
            let counts = try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask { try await Maintenance.refreshing(database).round() }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) >= 1)
            #expect(try await database.count(.touchedHours) == 0)
            store.close()
        }
    }

    @Test(arguments: Flavour.allCases)
    func forgetsOldBatchesAndKeysAndNothingElse(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            let key = try IdempotencyKey(parsing: "k")
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()], key: key)]))
            try await Maintenance.refreshing(database).round()
            #expect(try await database.count(.batches) == 1)
            #expect(try await database.count(.keys) == 1)
            try await database.run("UPDATE batch SET committed_at = now() - INTERVAL '61 minutes'")
            try await database.run("UPDATE idempotency_key SET created_at = now() - INTERVAL '49 hours'")
            try await Maintenance.refreshing(database).round()
            #expect(try await database.count(.batches) == 0)
            #expect(try await database.count(.keys) == 0)
            #expect(try await database.count(.events) == 1)
            store.close()
        }
    }

    /// Writers wait while an hour is closed, so that time must not depend on the number of its events.
    @Test(arguments: Flavour.allCases)
    func closingAnHourDoesNotReadItsEvents(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            let hourAgo = Timestamp(.now).milliseconds - 3_600_000
            let events = (0..<20_000).map { Event.sample(at: hourAgo + $0, user: "user \($0)") }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            try await database.run("ANALYZE; UPDATE open_hour SET since = since - INTERVAL '3 hours'")
            let setup = "SET search_path = hourglass, public;"
            let read = try await Connection.with(database.url, setup: setup) { connection in
                try await connection.transaction { connection in
                    _ = try connection.perform(Close())
                    return try connection.perform(RowsRead())
                }
            }
            #expect(try #require(read.first) < 100)
            #expect(try await database.count(.touchedHours) > 0)
            store.close()
        }
    }
}

private struct Close: Statement {
    typealias Row = Void
    static let sql = "SELECT close_hours('0s')"
    let parameters = Parameters()
}
