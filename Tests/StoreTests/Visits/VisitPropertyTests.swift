import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// Visits by the server's function, by the view, and counted by hand.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct VisitPropertyTests {
    @Test(arguments: Flavour.allCases, 0..<6 as Range<UInt64>)
    func areTheSameInThreeWays(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            let reading = VisitReading(database: database)
            var traffic = try await VisitTraffic(seed: seed, in: database)
            try await store(&traffic, in: database)

            let expected = traffic.sites.map { CountedVisits(of: traffic.hits, $0).visits }
            for (site, visits) in zip(traffic.sites, expected) {
                let derived = try await reading.derived(site)
                #expect(changes(from: visits.map(\.text), to: derived) == [], "\(site.zone), seed \(seed)")
            }
            let all = expected.joined().map(\.text)
            #expect(expected.joined().contains { $0.end.milliseconds - $0.start.milliseconds > 86_400_000 })
            #expect(changes(from: all, to: try await reading.view()) == [], "seed \(seed)")
            if flavour == .timescaledb {
                try await database.run("SELECT compress_chunk(chunk) FROM show_chunks('hit') AS chunk")
                #expect(changes(from: all, to: try await reading.view()) == [], "seed \(seed)")
            }
            try await expectRanges(traffic, expected, reading)
        }
    }

    /// Two servers store the hits, some of them before and some after the aliases.
    private func store(_ traffic: inout VisitTraffic, in database: TestDatabase) async throws {
        let stores = [PostgresStore(url: database.url), PostgresStore(url: database.url)]
        defer { for store in stores { store.close() } }
        let batches = traffic.batches()
        let early = traffic.sites.map { site in site.insertion(of: site.aliases.keys.filter { $0.rawValue % 4 < 2 }) }
        let late = traffic.sites.map { site in site.insertion(of: site.aliases.keys.filter { $0.rawValue % 4 >= 2 }) }
        try await database.run(early.joined())
        for (place, batch) in batches.enumerated() {
            _ = try await stores[place % 2].append(batch)
        }
        try await database.run(late.joined())
    }

    /// The lines that are in one list only, each with a sign.
    private func changes(from expected: [String], to found: [String]) -> [String] {
        found.sorted().difference(from: expected.sorted()).map { change in
            switch change {
            case .insert(_, let line, _): "+ " + line
            case .remove(_, let line, _): "- " + line
            }
        }
    }

    private func expectRanges(
        _ traffic: VisitTraffic,
        _ expected: [[VisitLine]],
        _ reading: VisitReading
    ) async throws {
        var generator = SeededGenerator(seed: UInt64(traffic.firstDay))
        for (site, visits) in zip(traffic.sites, expected) {
            let midnights = (-1...6).map { Timestamp(milliseconds: (traffic.firstDay + $0) * 86_400_000) }
            let moments = visits.map(\.start) + midnights
            for _ in 0..<2 {
                let ends = [moments.randomElement(using: &generator), moments.randomElement(using: &generator)]
                let (first, last) = try (#require(ends[0]), #require(ends[1]))
                let within = visits.filter { $0.start >= first && $0.start < last }.map(\.text)
                let answer = try await reading.visits(of: site.id, from: first, to: last)
                let range: Comment = "\(site.zone): \(first.milliseconds) to \(last.milliseconds)"
                #expect(changes(from: within, to: answer) == [], range)
            }
        }
    }

    /// Texts without room in their dictionary are the same one for visits.
    @Test(arguments: Flavour.allCases)
    func areTheSameBeyondTheLimitsOfDictionaries(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let reading = VisitReading(database: database)
            var traffic = try await VisitTraffic(seed: 42, in: database)
            try await database.run("UPDATE dictionary_limit SET entries = 4")
            try await store(&traffic, in: database)
            var derived: [String] = []
            for site in traffic.sites { derived += try await reading.derived(site) }
            #expect(derived.contains { $0.contains("(other)") })
            #expect(changes(from: derived, to: try await reading.view()) == [])
        }
    }

    /// A range of a few days does not read the others.
    @Test(arguments: Flavour.allCases)
    func readTheDaysAroundARange(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            let hits = (0..<3_000).map { number in
                var hit = Hit(time: Timestamp(milliseconds: (20_400 * 1_440 + number * 14) * 60_000))
                hit.visitor = Visitor(rawValue: UInt64(number % 7))
                hit.path = "/\(number)"
                return hit
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            store.close()
            try await database.run("ANALYZE")
            let setup = "SET search_path = hourglass, public"
            let read = try await Connection.with(database.url, setup: setup) { connection in
                try await connection.transaction { connection in
                    let visits = try connection.values(
                        "SELECT count(*) FROM visits(1, '2025-11-20 05:00Z', '2025-11-20 09:00Z')"
                    )
                    #expect(visits == [["17"]])
                    return try connection.perform(RowsRead())
                }
            }
            // 103 hits a day, with a look at each for its name, and at those of the visits for their page.
            #expect(try #require(read.first) < 1_000)
        }
    }
}
