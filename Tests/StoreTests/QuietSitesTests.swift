import Analytics
import Foundation
import Postgres
import Schema
import Support
import Testing

@testable import Store

struct QuietSitesTests {
    /// A thousand sites with five users in each of the hours that are kept, in a process of its own.
    @Test func aThousandQuietSitesTakeLessThanTenMegabytes() async {
        await #expect(processExitsWith: .success) {
            let start = Timestamp(seconds: 1_223_564_400)
            let before = try ResidentMemory.kilobytes()
            var sites: [HourWindow] = []
            for site in 0..<1000 {
                var window = HourWindow(start: start)
                for number in 0..<20 {
                    let time = start.milliseconds + number * 720_000 + site
                    window.add(.sample(at: time, user: "a visitor of site \(site), number \(number)"))
                }
                sites.append(window)
            }
            let taken = try ResidentMemory.kilobytes() - before
            let last = sites.map { $0.hour(endingAt: start.advanced(by: .seconds(14_399))) }
            #expect(last.allSatisfy { $0 == HourReport(uniqueUsers: 5, clicks: 5, impressions: 0) })
            #expect(taken < 10_000)
        }
    }
}

/// Many sites with few events beside one with many.
@Suite(.needsPostgres)
struct QuietHoursTests {
    private static let hour = 1_223_568_000_000

    /// Closing an hour and refreshing it stores no row for a quiet site but its events, users and seconds.
    @Test(arguments: Flavour.allCases)
    func aQuietSiteHasNoStoredAnswers(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            try await database.run("INSERT INTO site SELECT id, 'site ' || id FROM generate_series(2, 40) AS id")
            try await database.run("UPDATE open_hour SET since = to_timestamp(\(Self.hour / 1000))")
            var generator = SeededGenerator(seed: 11)
            var stored: [Int32: [Event]] = [:]
            for (site, count) in [(1, 500), (2, 399), (3, 5), (4, 1), (5, 0)] as [(Int32, Int)] {
                let events = (0..<count).map { _ in Self.event(&generator, of: site) }
                guard !events.isEmpty else { continue }
                stored[site] = events
                _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
            }
            try await database.run("SELECT close_hours(now() - to_timestamp(\(Self.hour / 1000 + 2 * 3600)))")
            // One mark for all sites of the hour, and one for the windows that reach into it.
            #expect(try await database.count(.touchedHours) == 2)
            try await expectExact(store, stored, &generator)
            let maintenance = Maintenance.refreshing(database, grace: .seconds(1_000_000_000))
            #expect(try await maintenance.round() == 2)
            #expect(try await database.count(.touchedHours) == 0)
            #expect(try await database.count(.rollingHours) == 2)
            try await expectExact(store, stored, &generator)
            // Late events of quiet sites count at once, are noted one by one, and may make a site a busy one.
            for (site, count) in [(2, 1), (3, 2), (5, 1)] as [(Int32, Int)] {
                let events = (0..<count).map { _ in Self.event(&generator, of: site) }
                stored[site, default: []] += events
                _ = try await store.append(Batch(entries: [Batch.Entry(events: events)]))
                try await expectExact(store, stored, &generator)
            }
            // Site 5 had no events, and so is read as a whole.
            #expect(try await database.count(.touchedHours) == 1)
            #expect(try await database.count(.lateSeconds) == 3)
            try await maintenance.round()
            #expect(try await database.count(.rollingHours) == 4)
            try await expectExact(store, stored, &generator)
            store.close()
        }
    }

    /// A question about a site with few events in an open hour reads these, not those of the other sites.
    @Test(arguments: Flavour.allCases)
    func aQuietSiteIsAnsweredWithoutTheEventsOfOthers(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            try await database.run("INSERT INTO site VALUES (2, 'other')")
            try await database.run("UPDATE open_hour SET since = to_timestamp(\(Self.hour / 1000))")
            let busy = (0..<20_000).map { Event.sample(at: Self.hour + $0, user: "user \($0)") }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: busy)]))
            let quiet = Batch(entries: [
                Batch.Entry(events: [.sample(at: Self.hour, site: SiteID(rawValue: 2))])
            ])
            _ = try await store.append(quiet)
            try await database.run("ANALYZE")
            let setup = "SET search_path = hourglass, public;"
            let read = try await Connection.with(database.url, setup: setup) { connection in
                try await connection.transaction { connection in
                    let moment = Timestamp(milliseconds: Self.hour + 1_800_000)
                    let answer = try connection.perform(Rollup(site: SiteID(rawValue: 2), at: moment))
                    #expect(answer == [HourReport(uniqueUsers: 1, clicks: 1, impressions: 0)])
                    return try connection.perform(RowsRead())
                }
            }
            #expect(try #require(read.first) < 100)
            store.close()
        }
    }

    /// Years without events are passed over when an hour is closed.
    @Test(arguments: Flavour.allCases)
    func hoursWithoutEventsAreNotMarked(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run("UPDATE open_hour SET since = '1990-01-01'")
            let store = PostgresStore(url: database.url)
            for hours in [0, 1, 50_000] {
                let event = Event.sample(at: Self.hour + hours * 3_600_000)
                _ = try await store.append(Batch(entries: [Batch.Entry(events: [event])]))
            }
            try await database.run("SELECT close_hours('1 hour')")
            #expect(try await database.count(.touchedHours) == 5)
            store.close()
        }
    }

    private func expectExact(
        _ store: PostgresStore,
        _ stored: [Int32: [Event]],
        _ generator: inout SeededGenerator
    ) async throws {
        for site in 1...6 as ClosedRange<Int32> {
            for _ in 0..<10 {
                let offset =
                    Int.random(in: 0..<7200, using: &generator) * 1000 + (Bool.random(using: &generator) ? 0 : 500)
                let moment = Timestamp(milliseconds: Self.hour + offset)
                let answer = try await store.hour(of: SiteID(rawValue: site), endingAt: moment)
                #expect(answer == (stored[site] ?? []).hour(endingAt: moment))
            }
        }
    }

    /// An event in the hour, on a whole second or not.
    private static func event(_ generator: inout SeededGenerator, of site: Int32) -> Event {
        let fraction = Bool.random(using: &generator) ? 0 : 500
        return Event.sample(
            at: hour + Int.random(in: 0..<3600, using: &generator) * 1000 + fraction,
            user: "user \(Int.random(in: 1...60, using: &generator))",
            kind: Bool.random(using: &generator) ? .click : .impression,
            site: SiteID(rawValue: site)
        )
    }
}

/// The memory of this process.
private enum ResidentMemory {
    struct Unknown: Error {}

    static func kilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let number = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw Unknown() }
        return number
    }
}
