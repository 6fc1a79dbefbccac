import Testing

@testable import Load

struct EventSourceTests {
    @Test func givesTheSameEventsForTheSameSeed() {
        #expect(events(1_000, seed: 3) == events(1_000, seed: 3))
        #expect(events(1_000, seed: 3) != events(1_000, seed: 4))
    }

    @Test(arguments: [0, 0.5, 1, 1.3, 2])
    func drawsUsersByZipfsLaw(skew: Double) {
        let (users, draws) = (50, 200_000)
        let sampler = Zipf(count: users, skew: skew)
        var random = SplitMix(seed: 11)
        var counts = [Int](repeating: 0, count: users)
        for _ in 0..<draws { counts[Int(sampler.draw(&random))] += 1 }
        // A user of twice the rank is drawn 2 ^ skew times less often.
        let expected = skew == 0 ? 1 : skew == 0.5 ? 1.4142 : skew == 1 ? 2 : skew == 1.3 ? 2.4623 : 4
        let ratio = Double(counts[0] + counts[2] + counts[4]) / Double(counts[1] + counts[5] + counts[9])
        #expect(abs(ratio - expected) < expected * 0.06)
        #expect(counts.reduce(0, +) == draws)
        #expect(counts[users - 1] > 0)
    }

    @Test func drawsTheOnlyUser() {
        var random = SplitMix(seed: 1)
        #expect(Zipf(count: 1, skew: 1).draw(&random) == 0)
    }

    @Test func keepsTheShares() {
        var options = LoadOptions()
        (options.clicks, options.late) = (0.3, 0.1)
        var source = EventSource(options, total: 50_000)
        let events = (0..<50_000).map { _ in source.next() }
        let clicks = events.count(where: \.isClick)
        let late = events.enumerated().count { index, event in Int(event.second) < 10_801 * index / 50_000 }
        #expect(14_400..<15_600 ~= clicks)
        #expect(4_600..<5_400 ~= late)
        #expect(events.allSatisfy { $0.second <= 10_800 && $0.user < 100_000 })
        #expect(events.contains { $0.second < 60 } && events.contains { $0.second > 10_740 })
    }

    @Test func spreadsOverTheRangeWhenTheTotalIsUnknown() {
        var source = EventSource(LoadOptions(), total: nil)
        let hours = (0..<9_000).map { _ in min(2, Int(source.next().second) / 3_600) }
        for hour in 0..<3 { #expect(2_700..<3_300 ~= hours.count { $0 == hour }) }
    }

    /// The second site gets half as much as the first, the third one a third.
    @Test func sharesAmongSitesByZipfsLaw() {
        var options = LoadOptions()
        options.sites = ["a", "b", "c"]
        var source = EventSource(options, total: nil)
        let sites = (0..<11_000).map { _ in source.nextSite() }
        for (site, share) in [6_000, 3_000, 2_000].enumerated() {
            #expect(share - 200..<share + 200 ~= sites.count { $0 == site })
        }
    }

    @Test func givesTheSameEventsToHoweverManySites() {
        var options = LoadOptions()
        var alone = EventSource(options, total: nil)
        options.sites = ["a", "b", "c"]
        var spread = EventSource(options, total: nil)
        for _ in 0..<100 {
            #expect(alone.nextSite() == 0)
            _ = spread.nextSite()
            #expect(alone.next() == spread.next())
        }
    }

    @Test func staysInTheRangeBeyondTheTotal() {
        var source = EventSource(LoadOptions(), total: 2)
        for _ in 0..<100 { #expect(source.next().second <= 10_800) }
    }

    private func events(_ count: Int, seed: UInt64) -> [Event] {
        var options = LoadOptions()
        options.seed = seed
        var source = EventSource(options, total: count)
        return (0..<count).map { _ in source.next() }
    }
}
