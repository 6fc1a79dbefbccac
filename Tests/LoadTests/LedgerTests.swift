import Testing

@testable import Load

struct LedgerTests {
    private static let start = 1_700_000_000
    private static let users = 300

    @Test(arguments: UInt64(1)...8)
    func countsAsOneByOne(seed: UInt64) {
        let last = 3 * 3_600
        let instants = Instants.random(count: 40, start: Self.start, last: last, seed: seed)
        var ledger = Ledger(instants: instants, users: Self.users)
        var random = SplitMix(seed: seed)
        let (stored, doubtful, underWay) = (
            events(3_000, last, &random), events(200, last, &random), events(64, last, &random)
        )
        ledger.acknowledge(stored)
        for event in doubtful { ledger.doubt([event]) }
        for (index, timestamp) in instants.timestamps.enumerated() {
            let lowest = Self.count(stored, at: timestamp)
            let highest = Self.count(stored + doubtful + underWay, at: timestamp)
            #expect(ledger.lowest(at: index) == lowest)
            #expect(ledger.highest(at: index, underWay: [underWay, []]) == highest)
        }
    }

    @Test func includesBothEndsOfTheWindow() {
        let end = Self.start + 7_200
        var ledger = Ledger(instants: Instants([end], start: Self.start, last: 7_200), users: 4)
        ledger.acknowledge([
            Event(second: 3_599, user: 0, isClick: true),
            Event(second: 3_600, user: 1, isClick: true),
            Event(second: 7_200, user: 2, isClick: false),
            Event(second: 7_200, user: 2, isClick: true),
        ])
        #expect(ledger.lowest(at: 0) == Counts(uniqueUsers: 2, clicks: 2, impressions: 1))
    }

    @Test func picksBordersAndTheEnd() {
        let start = 1_699_999_200 - 100
        let instants = Instants.random(count: 5, start: start, last: 7_200, seed: 1)
        #expect(instants.timestamps.contains(1_699_999_200) && instants.timestamps.contains(1_700_002_800))
        #expect(instants.timestamps.last == start + 7_200)
        #expect(instants.timestamps.allSatisfy { start...start + 7_200 ~= $0 })
        #expect(instants.timestamps.count > 6)
    }

    @Test func checksNothingWhenNothingIsToBeChecked() {
        let instants = Instants.random(count: 0, start: Self.start, last: 3_600, seed: 1)
        #expect(instants.timestamps.isEmpty)
        #expect(instants.sliceCount == 1)
    }

    private func events(_ count: Int, _ last: Int, _ random: inout SplitMix) -> [Event] {
        (0..<count).map { _ in
            Event(
                second: UInt32(random.draw(below: last + 1)),
                user: UInt32(random.draw(below: Self.users)),
                isClick: random.chance(0.4)
            )
        }
    }

    private static func count(_ events: [Event], at timestamp: Int) -> Counts {
        let window = events.filter { timestamp - 3_600...timestamp ~= start + Int($0.second) }
        return Counts(
            uniqueUsers: Set(window.map(\.user)).count,
            clicks: window.count(where: \.isClick),
            impressions: window.count { !$0.isClick }
        )
    }
}
