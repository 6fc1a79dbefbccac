import Testing

@testable import Load

struct PageSourceTests {
    @Test func givesTheSameHitsForTheSameSeed() throws {
        let first = try hits(2_000) { $0.seed = 3 }
        #expect(try hits(2_000) { $0.seed = 3 } == first)
        #expect(try hits(2_000) { $0.seed = 4 } != first)
    }

    @Test(arguments: [nil, 20_000])
    func keepsWholeVisitsInTheRange(total: Int?) throws {
        let hits = try hits(20_000, total: total) { $0.hours = 6 }
        #expect(hits.allSatisfy { $0.time <= 21_600_000 })
        let tenth = 2_160_000 as UInt32
        for part in 0..<10 as Range<UInt32> {
            #expect(hits.count { part * tenth..<part * tenth + tenth ~= $0.time } > 1_200, "\(part)")
        }
    }

    @Test func numbersEachHitOnce() throws {
        let hits = try hits(20_000) { ($0.late, $0.repeats) = (0.2, 0.1) }
        let copies = Dictionary(grouping: hits, by: \.number)
        #expect(copies.values.allSatisfy { $0.count <= 2 && ($0.count == 1 || $0.allSatisfy(\.isSentTwice)) })
        #expect(copies.values.allSatisfy { $0.allSatisfy { [first = $0[0]] in $0 == first } })
        // About 20 000 / 1.1 hits, a tenth of them twice.
        #expect(1_650..<2_000 ~= copies.values.count { $0.count == 2 })
        #expect(hits.map(\.number).max().map { $0 < 19_000 } == true)
    }

    @Test func sendsEverythingLateIfItIsToldTo() throws {
        let hits = try hits(5_000) { ($0.late, $0.repeats) = (1, 1) }
        #expect(Set(hits.map(\.number)).count > 2_000)
    }

    @Test func keepsTheShareOfLateVisits() throws {
        func late(_ hits: [PageHit]) -> Int {
            zip(0..., hits).count { Int($1.time) < 10_800_000 * $0 / 30_000 - 1_000_000 }
        }
        #expect(2_000..<3_500 ~= late(try hits(30_000, total: 30_000) { ($0.late, $0.repeats) = (0.1, 0) }))
        let inOrder = try hits(30_000, total: 30_000) { ($0.late, $0.repeats) = (0, 0) }
        // Only the ends of long visits.
        #expect(late(inOrder) < 500)
        #expect(inOrder.map(\.number) == Array(0..<30_000))
    }

    /// The server has no salt for earlier dates.
    @Test func namesDevicesBeforeTheFirstAddress() throws {
        let border = 1_700_000_000 - 3_600
        let hits = try hits(5_000) { $0.addressesFrom = border }
        #expect(hits.allSatisfy { $0.naming != .address || $0.time >= 7_200_000 })
        #expect(300..<600 ~= hits.count { $0.naming == .address })
        #expect(try self.hits(1_000) { $0.addressesFrom = nil }.allSatisfy { $0.naming != .address })
        #expect(try self.hits(1_000) { ($0.addressesFrom, $0.until) = (nil, nil) }.contains { $0.naming == .address })
    }

    @Test func viewsAboutThreePagesAVisit() {
        let visits = visits(20_000)
        let views = visits.map { visit in visit.count { $0.kind == .pageview } }
        #expect(2.8..<3.1 ~= Double(views.reduce(0, +)) / 20_000)
        // Geometric: a third of the visits view one page, two ninths two, a few more than twelve.
        #expect(6_300..<7_200 ~= views.count { $0 == 1 })
        #expect(4_150..<4_750 ~= views.count { $0 == 2 })
        #expect(60..<250 ~= views.count { $0 > 12 })
    }

    @Test func keepsTheSharesOfEvents() {
        let hits = visits(20_000).joined()
        let views = Double(hits.count { $0.kind == .pageview })
        let shares: [(PageHit.Kind, Double)] = [
            (.engagement, 0.7), (.impression, 0.1), (.click, 0.08), (.progress, 0.03), (.outboundLink, 0.03),
            (.signup, 0.02), (.purchase, 0.02),
        ]
        for (kind, share) in shares {
            let found = Double(hits.count { $0.kind == kind }) / views
            #expect(abs(found - share) < share * 0.1, "\(kind)")
        }
        #expect(Set(hits.lazy.map(\.page)).count > 4_000)
        #expect(Set(hits.lazy.map(\.referrer)).count > 350)
    }

    @Test func keepsTheSharesOfVisits() {
        let firsts = visits(20_000) { $0.skew = 0 }.map { $0[0] }
        func share(_ condition: (PageHit) -> Bool) -> Double { Double(firsts.count(where: condition)) / 20_000 }
        #expect(0.14..<0.16 ~= share { $0.campaign > 0 })
        #expect(0.53..<0.57 ~= share { $0.referrer > 0 })
        #expect(0.23..<0.27 ~= share { $0.naming == .address })
        #expect(0.065..<0.085 ~= share { $0.naming == .userAndDevice })
        #expect(0.38..<0.42 ~= share { PageTexts.agents[Int($0.profile.agent)].browser.hasPrefix("Chrome 126") })
        #expect(0.38..<0.42 ~= share { PageTexts.agents[Int($0.profile.agent)].device == .mobile })
        #expect(Set(firsts.map(\.profile.country)).count == 120)
        #expect(PageTexts.countries.count == 120 && Set(PageTexts.countries).count == 120)
    }

    @Test func pausesForExactlyAsLongAsAVisitLasts() {
        let pauses = visits(20_000).flatMap { visit in zip(visit, visit.dropFirst()).map { $1.time - $0.time } }
        for pause in [1_800_000, 1_800_001] as [UInt32] {
            #expect(50..<200 ~= pauses.count { $0 == pause }, "\(pause)")
        }
        #expect(pauses.allSatisfy { $0 < 2_700_000 })
    }

    @Test func keepsAVisitorsAttributes() {
        for hits in Dictionary(grouping: visits(5_000).joined(), by: \.user).values {
            for device in Dictionary(grouping: hits, by: \.device).values {
                #expect(device.allSatisfy { $0.profile == device[0].profile })
            }
            #expect(hits.allSatisfy { ($0.naming == .address) == (hits[0].naming == .address) })
        }
    }

    private func hits(_ count: Int, total: Int? = nil, _ change: (inout LoadOptions) -> Void) throws -> [PageHit] {
        let plan = try Plan(.pages(change))
        var source = PageSource(VisitSource(plan.options), plan, seed: plan.options.seed, visits: 20)
        return (0..<count).map { index in source.next(total.map { PageSource.Turn(count: index, total: $0) }) }
    }

    private func visits(_ count: Int, _ change: (inout LoadOptions) -> Void = { _ in }) -> [[PageHit]] {
        let source = VisitSource(.pages(change))
        var random = SplitMix(seed: 5)
        return (0..<count).map { _ in
            var hits: [PageHit] = []
            source.draw(into: &hits, &random)
            return hits
        }
    }
}
