import Analytics
import Support
import Testing

@testable import Store

struct LiveHoursTests {
    private static let start = Timestamp(seconds: 1_223_564_400)

    /// Events in any order, with and without fractions of a second, asked about after each few of them.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyAnswerIsTheOneCountedByHand(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var hours = HourWindow(start: Self.start)
        var added: [Event] = []
        let users = Int.random(in: 1...30, using: &generator)
        let isWhole = Bool.random(using: &generator)
        for _ in 0..<60 {
            for _ in 0..<Int.random(in: 1...10, using: &generator) {
                let event = Self.event(users, isWhole, &generator)
                hours.add(event)
                added.append(event)
            }
            for _ in 0..<10 {
                let moment = Self.moment(1..<4, isWhole, &generator)
                #expect(hours.hour(endingAt: moment) == added.hour(endingAt: moment))
            }
        }
    }

    /// After the first hours are dropped, the answers stay exact for old and new events.
    @Test(arguments: 1...10 as ClosedRange<UInt64>, 1...3)
    func goesOnWithTheClock(seed: UInt64, by shift: Int) {
        var generator = SeededGenerator(seed: seed)
        var hours = HourWindow(start: Self.start)
        var added = (0..<200).map { _ in Self.event(20, false, &generator) }
        for event in added { hours.add(event) }
        let newStart = Self.start.advanced(by: .seconds(shift * 3600))
        hours.advance(to: newStart)
        for _ in 0..<100 {
            let event = Self.event(20, false, &generator)
            // The window ignores events before the hours that it keeps.
            if event.time >= newStart { added.append(event) }
            hours.add(event)
            let moment = Self.moment((shift + 1)..<(shift + 4), false, &generator)
            guard moment < Self.start.advanced(by: .seconds(4 * 3600)) else { continue }
            #expect(hours.hour(endingAt: moment) == added.hour(endingAt: moment))
        }
    }

    /// Any number of events, so that the changes become too many for a list at any point, and few again after an
    /// advance.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aListAndAnArrayGiveTheSameAnswers(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var hours = HourWindow(start: Self.start)
        var added: [Event] = []
        var sizes: [Bool] = []
        let users = Int.random(in: 1...300, using: &generator)
        let isWhole = Bool.random(using: &generator)
        for shift in 0..<4 {
            for _ in 0..<(shift < 2 ? 12 : 1) {
                for _ in 0..<20 {
                    // Few in the last hour, so that few are left when the others have been dropped.
                    let last = Int.random(in: 0..<20, using: &generator) == 0 ? 4 : 3
                    let event = Self.event(users, isWhole, &generator, in: min(shift, 2)..<last)
                    hours.add(event)
                    added.append(event)
                }
                sizes.append(hours.isSmall)
                guard shift < 3 else { continue }
                for _ in 0..<10 {
                    let moment = Self.moment((shift + 1)..<4, isWhole, &generator)
                    #expect(hours.hour(endingAt: moment) == added.hour(endingAt: moment))
                }
            }
            let newStart = Self.start.advanced(by: .seconds((shift + 1) * 3600))
            hours.advance(to: newStart)
            added.removeAll { $0.time < newStart }
            #expect(hours.userCount == Set(added.map { "\($0.time.hour) \($0.user.text)" }).count)
            #expect(hours.isEmpty == added.isEmpty)
        }
        #expect(sizes.contains(false))
        #expect(sizes.first == true && sizes.last == true)
    }

    @Test func answersOnlyWhatItKeeps() {
        let hours = HourWindow(start: Self.start)
        #expect(hours.hour(endingAt: Self.start.advanced(by: .seconds(3600))) != nil)
        #expect(hours.hour(endingAt: Self.start.advanced(by: .milliseconds(3_599_999))) == nil)
        #expect(hours.hour(endingAt: Self.start.advanced(by: .milliseconds(14_399_999))) != nil)
        #expect(hours.hour(endingAt: Self.start.advanced(by: .seconds(14_400))) == nil)
        #expect(hours.hour(endingAt: Timestamp.latest) == nil)
    }

    @Test func holdsMoreThanASmallNumberInAMillisecond() {
        var hours = HourWindow(start: Self.start)
        let event = Event.sample(at: Self.start.milliseconds + 3_600_123)
        for _ in 0..<70_000 { hours.add(event) }
        #expect(hours.hour(endingAt: event.time) == HourReport(uniqueUsers: 1, clicks: 70_000, impressions: 0))
        let before = Timestamp(milliseconds: event.time.milliseconds - 1)
        #expect(hours.hour(endingAt: before) == HourReport(uniqueUsers: 0, clicks: 0, impressions: 0))
    }

    private static func event(
        _ users: Int,
        _ isWhole: Bool,
        _ generator: inout SeededGenerator,
        in hours: Range<Int> = 0..<4
    ) -> Event {
        Event.sample(
            at: moment(hours, isWhole, &generator).milliseconds,
            user: "user \(Int.random(in: 1...users, using: &generator))",
            kind: Bool.random(using: &generator) ? .click : .impression
        )
    }

    /// A moment within some hours, on one of few seconds, mostly with a fraction.
    private static func moment(
        _ hours: Range<Int>,
        _ isWhole: Bool,
        _ generator: inout SeededGenerator
    ) -> Timestamp {
        let minute = Int.random(in: (hours.lowerBound * 60)..<(hours.upperBound * 60), using: &generator)
        let second = [0, 0, 0, 1, 59].randomElement(using: &generator) ?? 0
        let fraction = isWhole ? 0 : [0, 1, 2, 500, 998, 999].randomElement(using: &generator) ?? 0
        return start.advanced(by: .milliseconds((minute * 60 + second) * 1000 + fraction))
    }
}
