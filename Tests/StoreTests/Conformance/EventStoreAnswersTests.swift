import Analytics
import Store
import Support
import Testing

/// The promises of every `EventStore` about its answers.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct EventStoreAnswersTests {
    /// Random events of several sites, among them late ones, before and after hours are closed: each answer is the
    /// brute-force count.
    @Test(arguments: ExaminedStore.all, [1, 2] as [UInt64])
    func everyAnswerIsExact(examined: ExaminedStore, seed: UInt64) async throws {
        try await examined.with { store, database, held in
            let maintenance = Maintenance.refreshing(database, grace: .seconds(1_000_000_000))
            var random = SeededGenerator(seed: seed)
            var traffic = SiteTraffic(held) { .random(&$0) }
            try await database.run(SiteTraffic.insertion)
            for round in 1...6 {
                _ = try await store.append(traffic.batch(Int.random(in: 1...120, using: &random), &random))
                for site in SiteTraffic.sites + SiteTraffic.sites {
                    for _ in 0..<3 {
                        let moment = Timestamp.random(&random)
                        let answer = try await store.hour(of: site, endingAt: moment)
                        let expected = traffic.hour(of: site, endingAt: moment)
                        #expect(answer == expected, "site \(site.rawValue), round \(round), at \(moment.milliseconds)")
                    }
                }
                if round.isMultiple(of: 2) { try await maintenance.round() }
            }
        }
    }

    /// Each writer knows after its own batch the least number of events that an answer about its site must have.
    @Test(arguments: ExaminedStore.all)
    func whatIsStoredIsInTheNextAnswer(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            try await database.run(SiteTraffic.insertion)
            let sites = SiteTraffic.sites.prefix(3).map { ($0, Counting()) }
            try await withThrowingTaskGroup { group in
                for writer in 0..<6 {
                    let (site, acknowledged) = sites[writer % 3]
                    group.addTask {
                        for _ in 0..<20 {
                            let event = Event.sample(at: ExaminedStore.now.milliseconds, user: "\(writer)", site: site)
                            #expect(try await store.append(Batch(entries: [Batch.Entry(events: [event])])) == [.stored])
                            let least = acknowledged.next()
                            let answer = try await store.hour(of: site, endingAt: ExaminedStore.now)
                            #expect(answer.clicks >= held.count { $0.site == site } + least)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for (site, _) in sites {
                let before = held.count { $0.site == site }
                let answer = try await store.hour(of: site, endingAt: ExaminedStore.now)
                #expect(answer == HourReport(uniqueUsers: before + 2, clicks: before + 40, impressions: 0))
            }
        }
    }

    /// While the database is away questions are refused; afterwards each acknowledged event is counted once.
    @Test(arguments: ExaminedStore.all)
    func anOutageRefusesQuestions(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            try await database.run(SiteTraffic.insertion)
            try await database.breakConnections(allow: false)
            var acknowledged = held
            for number in 1...5 {
                let site = SiteTraffic.sites[number % 2]
                let event = Event.sample(at: ExaminedStore.now.milliseconds, user: "\(number)", site: site)
                do {
                    let outcomes = try await store.append(Batch(entries: [Batch.Entry(events: [event])]))
                    #expect(outcomes == [.stored])
                    acknowledged.append(event)
                } catch let error as WriteError {
                    #expect(error == .unavailable || error == .unknown)
                }
                await #expect(throws: QueryError.self) {
                    try await store.hour(of: site, endingAt: ExaminedStore.now)
                }
            }
            #expect(examined.kind == .postgres || acknowledged.count == held.count + 5)
            let checks = await store.checks()
            #expect(checks.contains { !$0.isWell && $0.severity >= .degraded })
            try await database.breakConnections(allow: true)
            try await store.eventuallyAnswers()
            for site in SiteTraffic.sites {
                let answer = try await store.hour(of: site, endingAt: ExaminedStore.now)
                #expect(answer == acknowledged.filter { $0.site == site }.hour(endingAt: ExaminedStore.now))
            }
        }
    }

    /// Hits are new to a follower once, also those that came in an outage, for which it is refused.
    @Test(arguments: ExaminedStore.all)
    func recentHitsAreNewOnce(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            let recent = store.recent(of: Site.standard)
            var expected: [String] = []
            for number in 1...6 {
                var hit = Hit(time: ExaminedStore.now.advanced(by: .seconds(-number)))
                (hit.path, hit.visitor) = ("/\(number)", Visitor(rawValue: UInt64(number)))
                if number == 4 { try await database.breakConnections(allow: false) }
                if (try? await store.append(Batch(entries: [Batch.Entry(hits: [hit])]))) != nil {
                    expected.append("/\(number)")
                }
                if number == 4 {
                    await #expect(throws: QueryError.self) { try await recent.read(at: ExaminedStore.now, hits: 10) }
                    try await database.breakConnections(allow: true)
                    try await store.eventuallyAnswers()
                }
                let reading = try await recent.read(at: ExaminedStore.now, hits: 10)
                let paths = reading.hits.compactMap { values in
                    if case .text(let path)? = values[3] { path } else { nil }
                }
                #expect(paths == (expected.last == "/\(number)" ? ["/\(number)"] : []))
                #expect(reading.counts.now == expected.count)
            }
            #expect(expected.count >= 5)
        }
    }

    @Test(arguments: ExaminedStore.all)
    func aStoreThatWorksIsWellAndSaysSo(examined: ExaminedStore) async throws {
        try await examined.with { store, _, _ in
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
            let checks = await store.checks()
            #expect(checks.filter { !$0.isWell } == [])
            #expect(!checks.isEmpty)
            #expect(Set(checks.map(\.name)).count == checks.count)
        }
    }

    @Test(arguments: ExaminedStore.all)
    func noTwoMeasurementsAreAlike(examined: ExaminedStore) async throws {
        try await examined.with { store, _, _ in
            let measurements = store.measurements
            #expect(!measurements.isEmpty)
            #expect(Set(measurements.map { "\($0.name) \($0.labels)" }).count == measurements.count)
            let families = Dictionary(grouping: measurements, by: \.name)
            #expect(families.allSatisfy { _, all in Set(all.map { "\($0.kind) \($0.help)" }).count == 1 })
            // The size of the database has the name that Prometheus' exporter gives it, as soon as it is known.
            let names = families.keys.filter { !$0.hasPrefix("hourglass_") }
            #expect(Set(names).isSubset(of: ["pg_database_size_bytes"]))
            #expect(measurements.filter { !$0.value.isFinite }.map(\.name) == [])
        }
    }
}

extension Timestamp {
    /// A time within four hours around the store's, on a whole minute or a fraction of a second after it.
    fileprivate static func random(_ random: inout SeededGenerator) -> Timestamp {
        let second = Int.random(in: 0..<240, using: &random) * 60
        let fraction = [0, 0, 1, 500, 999].randomElement(using: &random) ?? 0
        return ExaminedStore.base.advanced(by: .milliseconds(second * 1000 + fraction))
    }
}
