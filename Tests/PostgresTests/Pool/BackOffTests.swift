import Testing

@testable import Postgres

struct BackOffTests {
    private let error = PostgresError(state: .none, message: "not there")
    private let start = ContinuousClock.now

    @Test func refusesNothingBeforeAFailure() {
        #expect(BackOff().refusal() == nil)
    }

    @Test func repeatsTheLastErrorForAWhile() {
        var backOff = BackOff()
        for number in 0..<20 {
            backOff.failed(PostgresError(state: "08006", message: "\(number)"), at: start)
        }
        #expect(backOff.refusal(at: start)?.message == "19")
        #expect(backOff.refusal(at: start)?.state == "08006")
    }

    @Test(arguments: zip(1...7, [50, 100, 200, 400, 800, 1_000, 1_000]))
    func waitsTwiceAsLongEachTimeUpToASecond(failures: Int, milliseconds: Int) {
        var backOff = BackOff()
        for _ in 1...failures { backOff.failed(error, at: start) }
        #expect(backOff.refusal(at: start + .milliseconds(milliseconds - 1)) != nil)
        #expect(backOff.refusal(at: start + .milliseconds(milliseconds)) == nil)
    }

    @Test func forgetsEverythingAfterASuccess() {
        var backOff = BackOff()
        for _ in 0..<20 { backOff.failed(error, at: start) }
        backOff.succeeded()
        #expect(backOff.refusal(at: start) == nil)
        backOff.failed(error, at: start)
        #expect(backOff.refusal(at: start + .milliseconds(49)) != nil)
        #expect(backOff.refusal(at: start + .milliseconds(50)) == nil)
    }
}
