import HTTP
import Testing

struct BodyBudgetTests {
    @Test func grantsNoMoreThanTheLimit() throws {
        let budget = BodyBudget(limit: 100)
        var first = budget.share()
        var second = budget.share()
        try first.take(60)
        try second.take(40)
        #expect(throws: Problem.self) { try first.take(1) }
        #expect(throws: Problem.self) { try second.take(1) }
    }

    @Test func isReturnedWithTheShare() throws {
        let budget = BodyBudget(limit: 100)
        func takeAll() throws {
            var share = budget.share()
            try share.take(100)
        }
        try takeAll()
        try takeAll()
    }

    /// A body larger than the limit must not be refused for ever.
    @Test func aSingleBodyMayExceedTheLimit() throws {
        let budget = BodyBudget(limit: 100)
        var only = budget.share()
        try only.take(60)
        try only.take(60)
        var other = budget.share()
        #expect(throws: Problem.self) { try other.take(1) }
    }
}
