import Testing

@testable import Store

struct LateBudgetTests {
    @Test func allowsManyAtOnceAndThenSomeEachSecond() {
        let start = ContinuousClock.now
        let budget = LateBudget(now: start)
        #expect(budget.take(999, now: start))
        #expect(!budget.take(2, now: start))
        #expect(budget.take(1, now: start))
        #expect(!budget.take(1, now: start))
        #expect(budget.take(0, now: start))
        #expect(!budget.take(251, now: start + .seconds(1)))
        #expect(budget.take(250, now: start + .seconds(1)))
        #expect(!budget.take(1, now: start + .seconds(1)))
    }

    @Test func savesNoMoreThanItHasAtFirst() {
        let start = ContinuousClock.now
        let budget = LateBudget(now: start)
        #expect(!budget.take(1_001, now: start + .seconds(3_600)))
        #expect(budget.take(1_000, now: start + .seconds(3_600)))
    }

    /// Two writers may read the clock in one order and call in the other.
    @Test func gainsNothingFromAClockThatGoesBack() {
        let start = ContinuousClock.now
        let budget = LateBudget(now: start)
        #expect(budget.take(1_000, now: start + .seconds(10)))
        #expect(!budget.take(1, now: start))
        #expect(!budget.take(1, now: start + .seconds(10)))
    }
}
