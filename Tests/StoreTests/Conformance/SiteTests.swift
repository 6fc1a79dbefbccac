import Analytics
import Store
import Support
import Testing

/// Batches of many sites, in every `EventStore`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SiteTests {
    private static let sites = (1...100).map { SiteID(rawValue: Int32($0)) }

    /// Live, late and old events of a hundred sites, stored by batches of all of them, are counted by site.
    @Test(arguments: ExaminedStore.all)
    func aBatchStoresEventsOfManySites(examined: ExaminedStore) async throws {
        var generator = SeededGenerator(seed: 21)
        let now = ExaminedStore.now
        let batches = (0..<6).map { _ in
            (0..<400).map { _ in
                let age = Int.random(in: 0...(4 * 3_600_000), using: &generator)
                return Event(
                    time: now.advanced(by: .milliseconds(-age)),
                    user: .named("u\(Int.random(in: 0..<5, using: &generator))"),
                    kind: .random(using: &generator),
                    site: Self.sites.randomElement(using: &generator) ?? Site.standard
                )
            }
        }
        try await examined.with { store, database, held in
            try await database.run("INSERT INTO site SELECT id, 'site' || id FROM generate_series(2, 100) AS id")
            var events = held
            var generator = SeededGenerator(seed: 22)
            for (round, batch) in batches.enumerated() {
                let entries = batch.chunked(by: 40).map { Batch.Entry(events: Array($0)) }
                #expect(try await store.append(Batch(entries: entries)).allSatisfy { $0 == .stored })
                events += batch
                if round.isMultiple(of: 2) { try await Maintenance.refreshing(database).round() }
                for site in Self.sites.shuffled(using: &generator).prefix(15) {
                    let at = now.advanced(by: .milliseconds(-.random(in: 0...(3 * 3_600_000), using: &generator)))
                    let report = try await store.hour(of: site, endingAt: at)
                    #expect(report == events.filter { $0.site == site }.hour(endingAt: at), "site \(site.rawValue)")
                }
            }
        }
    }

    /// The same key on two sites is two keys.
    @Test(arguments: ExaminedStore.all)
    func aKeyBelongsToASite(examined: ExaminedStore) async throws {
        let key = try IdempotencyKey(parsing: "k")
        let entries = Self.sites.map { site in
            Batch.Entry(events: [.sample(site: site)], key: key, response: "\(site.rawValue)", site: site)
        }
        try await examined.with { store, database, held in
            #expect(try await store.append(Batch(entries: entries)).allSatisfy { $0 == .stored })
            let outcomes = try await store.append(Batch(entries: entries.reversed()))
            #expect(outcomes == entries.reversed().map { .repeated(firstResponse: $0.response) })
            #expect(try await database.count(.events) == held.count + Self.sites.count)
        }
    }
}

extension Event.Kind {
    fileprivate static func random(using generator: inout some RandomNumberGenerator) -> Self {
        Bool.random(using: &generator) ? .click : .impression
    }
}

extension Array {
    fileprivate func chunked(by size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
