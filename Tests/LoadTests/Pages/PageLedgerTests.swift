import NIOCore
import Testing

@testable import Load

struct PageLedgerTests {
    private static let start = 1_699_999_200

    /// Compares with the census of the same hits as a server reads them, some of them dropped or sent twice.
    @Test(arguments: [(1, 400, 1), (2, 30, 3), (3, 5, 72), (4, 40, 100), (5, 1, 50), (6, 2_000, 744)])
    func countsAsOneByOne(seed: UInt64, users: Int, hours: Int) throws {
        let plan = try Plan(
            .pages { options in
                (options.seed, options.users, options.hours, options.events) = (seed, users, hours, 4_000)
                (options.late, options.repeats, options.until) = (0.3, 0.1, Self.start + hours * 3_600)
                options.connections = 4_000
            }
        )
        let work = PageWorkload(plan)
        var random = SplitMix(seed: ~seed)
        var stored: [SentHit] = []
        let requests = try (0..<4_000).map { sender in
            var buffer = ByteBuffer()
            _ = work.write(1, by: sender, into: &buffer)
            return (sender, try SentHit(request: buffer))
        }
        for (sender, hit) in requests.shuffled(using: &random) {
            let isRefused = random.chance(0.05)
            let status = isRefused ? 503 : 204
            _ = work.settle(sender, Reply(status: status, closes: false, rejection: nil, body: ByteBuffer()))
            if !isRefused { stored.append(hit) }
        }
        let census = HitCensus(stored)
        let counts = work.ledgers[0].counts(of: .standard)
        #expect(counts.total == census.counts())
        #expect(Set(counts.days.keys).isSubset(of: census.days))
        for day in census.days { #expect(counts.days[day] ?? PageCounts() == census.counts(on: day)) }
        #expect(counts.total.bounces > 0 || users == 1)
        #expect(counts.total.visits > counts.total.bounces)
    }

    private static let minute: UInt32 = 60_000
    private static let day: UInt32 = 1_440 * minute

    @Test func cutsAfterThirtyMinutes() {
        #expect(counts([view(0), view(30 * Self.minute)]) == PageCounts(visitors: 1, visits: 1, pageviews: 2))
        #expect(
            counts([view(0), view(30 * Self.minute + 1)])
                == PageCounts(visitors: 1, visits: 2, pageviews: 2, bounces: 2)
        )
    }

    @Test func joinsVisitsByALateHit() {
        let hits = [view(0), view(60 * Self.minute), view(30 * Self.minute)]
        #expect(counts(Array(hits.prefix(2))).visits == 2)
        #expect(counts(hits) == PageCounts(visitors: 1, visits: 1, pageviews: 3))
    }

    @Test func keepsAVisitOpenByAnEngagement() {
        let hits = [view(0), view(50 * Self.minute), hit(.engagement, 25 * Self.minute)]
        #expect(counts(hits) == PageCounts(visitors: 1, visits: 1, pageviews: 2))
        #expect(counts([hit(.engagement, 0)]) == PageCounts())
        #expect(counts([hit(.engagement, 0), view(60 * Self.minute)]).visits == 1)
    }

    @Test(arguments: [
        (PageHit.Kind.click, 0), (.signup, 0), (.outboundLink, 0), (.purchase, 0), (.impression, 1), (.progress, 1),
        (.engagement, 1), (.pageview, 0),
    ])
    func endsABounce(kind: PageHit.Kind, bounces: Int) {
        #expect(counts([view(0), hit(kind, 1_000)]).bounces == bounces)
    }

    @Test func cutsVisitorsOfADateAtMidnight() {
        let times = [Self.day - 1_000, Self.day + 1_000]
        let known = counts(times.map { view($0) })
        #expect(known == PageCounts(visitors: 1, visits: 1, pageviews: 2))
        let dated = counts(times.map { view($0, .address) })
        #expect(dated == PageCounts(visitors: 2, visits: 2, pageviews: 2, bounces: 2))
    }

    /// A visit that lasts the whole day is cut at its end; one that begins later is not, but a day after.
    @Test(arguments: [(0, 1_500, 2), (1, 1_500, 1), (1, 2_950, 2), (0, 2_950, 3)])
    func cutsWholeDaysAtMidnight(firstMinute: UInt32, end: UInt32, visits: Int) {
        let hits = stride(from: firstMinute, to: end, by: 29).map { view($0 * Self.minute) }
        #expect(counts(hits) == PageCounts(visitors: 1, visits: visits, pageviews: hits.count))
    }

    @Test func countsEachDay() {
        let hits = [view(Self.day - 1_000), view(Self.day + 1_000), view(Self.day * 2), view(Self.day * 2)]
        let days = ledger(hits).counts(of: .standard).days
        let first = 19_675
        #expect(days[first] == PageCounts(visitors: 1, visits: 1, pageviews: 1))
        #expect(days[first + 1] == PageCounts(visitors: 1, pageviews: 1))
        #expect(days[first + 2] == PageCounts(visitors: 1, visits: 1, pageviews: 2))
        #expect(days.count == 3)
    }

    @Test func givesAUserTheHitsOfItsDevices() {
        let anonymous = [view(0), view(Self.minute, .device, device: 1)]
        #expect(counts(anonymous) == PageCounts(visitors: 2, visits: 2, pageviews: 2, bounces: 2))
        let named =
            anonymous + [view(2 * Self.minute, .userAndDevice), view(3 * Self.minute, .userAndDevice, device: 1)]
        #expect(counts(named) == PageCounts(visitors: 1, visits: 1, pageviews: 4))
        let apart = anonymous + [view(2 * Self.minute, .user)]
        #expect(counts(apart) == PageCounts(visitors: 3, visits: 3, pageviews: 3, bounces: 3))
    }

    @Test func countsRepetitionsOnce() {
        var twice = view(0)
        twice.isSentTwice = true
        #expect(counts([twice, twice]).pageviews == 1)
        for isFirst in [true, false] {
            var ledger = PageLedger(start: 0)
            if isFirst { ledger.drop(twice) }
            ledger.acknowledge(twice)
            if !isFirst { ledger.drop(twice) }
            #expect(ledger.counts(of: .standard).total.pageviews == 1)
        }
    }

    private func counts(_ hits: [PageHit]) -> PageCounts {
        ledger(hits).counts(of: .standard).total
    }

    /// A ledger from the midnight of day 19 675 on.
    private func ledger(_ hits: [PageHit]) -> PageLedger {
        var ledger = PageLedger(start: 19_675 * 86_400)
        for hit in hits { ledger.acknowledge(hit) }
        return ledger
    }

    private func view(_ time: UInt32, _ naming: PageHit.Naming = .device, device: UInt8 = 0) -> PageHit {
        PageHit(
            time: time,
            user: 7,
            naming: naming,
            device: device,
            profile: PageHit.Profile(country: 0, agent: 0, screen: 0, language: 0),
            page: 1,
            previous: 1
        )
    }

    private func hit(_ kind: PageHit.Kind, _ time: UInt32) -> PageHit {
        var hit = view(time)
        hit.kind = kind
        return hit
    }
}
