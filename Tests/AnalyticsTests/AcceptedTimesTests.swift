import Analytics
import Testing

struct AcceptedTimesTests {
    private static let now = Timestamp(seconds: 1_700_000_000)

    @Test func reachFrom1970ToADayAhead() {
        let range = AcceptedTimes().range(at: Self.now)
        #expect(range == Timestamp(milliseconds: 0)...Timestamp(seconds: 1_700_086_400))
    }

    @Test func followTheClock() {
        let times = AcceptedTimes(earliest: Timestamp(seconds: 5), ahead: .milliseconds(250))
        let range = times.range(at: Timestamp(seconds: 10))
        #expect(range == Timestamp(seconds: 5)...Timestamp(milliseconds: 10_250))
    }

    @Test func areOneMomentWhenTheEarliestIsInTheFuture() {
        let earliest = Timestamp(seconds: 1_800_000_000)
        #expect(AcceptedTimes(earliest: earliest).range(at: Self.now) == earliest...earliest)
    }
}
