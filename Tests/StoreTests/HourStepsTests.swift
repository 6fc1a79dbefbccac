import Analytics
import Store
import Support
import Testing

/// The counts of many hours at once, in every `EventStore`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct HourStepsTests {
    /// Random events of several sites, among them late ones, before and after hours are closed and refreshed: each answer
    /// is the one about its hour alone, and the brute-force count.
    @Test(arguments: ExaminedStore.all, [1, 2] as [UInt64])
    func areTheAnswersAboutEachHour(examined: ExaminedStore, seed: UInt64) async throws {
        try await examined.with { store, database, held in
            let maintenance = Maintenance.refreshing(database, grace: .seconds(1_000_000_000))
            var random = SeededGenerator(seed: seed)
            var traffic = SiteTraffic(held) { .random(&$0) }
            try await database.run(SiteTraffic.insertion)
            for round in 1...6 {
                _ = try await store.append(traffic.batch(Int.random(in: 1...120, using: &random), &random))
                for site in SiteTraffic.sites {
                    let steps = HourSteps.random(&random)
                    let reports = try await store.hours(of: site, endingAt: steps)
                    #expect(reports == steps.moments.map { traffic.hour(of: site, endingAt: $0) }, "\(steps)")
                    let alone = steps.moments.randomElement(using: &random) ?? steps.first
                    let answer = try await store.hour(of: site, endingAt: alone)
                    #expect(answer == traffic.hour(of: site, endingAt: alone))
                }
                // After some rounds late events meet refreshed hours, and marked ones.
                if round.isMultiple(of: 2) { try await maintenance.round() }
                if round == 3 {
                    try await database.run("INSERT INTO touched_hour (site_id, hour) VALUES (0, '\(Self.mark)')")
                }
            }
        }
    }

    /// The second hour of the traffic.
    private static let mark = "2008-10-09 16:00:00+00"

    @Test func momentsAreDividedAtATime() {
        let steps = HourSteps(first: Timestamp(milliseconds: 1_500), step: 1_000, count: 4)
        for (time, count) in [(0, 0), (1_500, 0), (1_501, 1), (3_500, 2), (9_000, 4)] {
            let (before, after) = steps.split(at: Timestamp(milliseconds: time))
            #expect(before.count == count)
            #expect(Array(before.moments) + Array(after.moments) == Array(steps.moments))
        }
        #expect(steps.inWholeSeconds.moments.map(\.milliseconds) == [1_000, 2_000, 3_000, 4_000])
    }
}

extension HourSteps {
    /// Up to 60 moments within five hours around the store's time, on whole seconds or between.
    fileprivate static func random(_ random: inout SeededGenerator) -> HourSteps {
        let start = ExaminedStore.base.milliseconds + Int.random(in: -1_800..<7_200, using: &random) * 1_000
        let fraction = [0, 0, 1, 500, 999].randomElement(using: &random) ?? 0
        return HourSteps(
            first: Timestamp(milliseconds: start + fraction),
            step: [1, 7, 60, 600, 3_600, 10_800].map { $0 * 1_000 }.randomElement(using: &random) ?? 1_000,
            count: Int.random(in: 1...60, using: &random)
        )
    }
}

extension Timestamp {
    /// A time within four hours around the store's, on a whole minute or a fraction of a second after it.
    fileprivate static func random(_ random: inout SeededGenerator) -> Timestamp {
        let second = Int.random(in: 0..<240, using: &random) * 60
        let fraction = [0, 0, 1, 500, 999].randomElement(using: &random) ?? 0
        return ExaminedStore.base.advanced(by: .milliseconds(second * 1_000 + fraction))
    }
}
