import NIOCore
import Testing

@testable import Server

struct DeadlinesTests {
    private let limits = Deadlines.Limits(idle: .seconds(60), request: .seconds(25))

    /// nginx and the load balancers of AWS keep an idle connection to a server for 60 seconds by default.
    @Test func byDefaultTheProxyIsTheOneThatCloses() {
        #expect(ServerSettings().idleTimeout > .seconds(60))
    }

    @Test func whoDoesNothingIsIdle() {
        var patience = Deadlines(limits, at: second(0))
        #expect(patience.verdict(at: second(1), isBusy: false) == .wait(until: second(60)))
        patience.noteActivity(at: second(50))
        #expect(patience.verdict(at: second(60), isBusy: false) == .wait(until: second(110)))
        #expect(patience.verdict(at: second(110), isBusy: false) == .idle)
    }

    @Test func whoWaitsForAnAnswerIsNotIdle() {
        var patience = Deadlines(limits, at: second(0))
        #expect(patience.verdict(at: second(100), isBusy: true) == .wait(until: second(160)))
        #expect(patience.verdict(at: second(159), isBusy: false) == .wait(until: second(160)))
    }

    @Test func aRequestHasItsTimeFromTheFirstByte() {
        var patience = Deadlines(limits, at: second(0))
        #expect(patience.noteArriving(at: second(10)) == second(35))
        for at in 11..<35 {
            patience.noteActivity(at: second(at))
            #expect(patience.noteArriving(at: second(at)) == nil)
            #expect(patience.verdict(at: second(at), isBusy: false) == .wait(until: second(35)))
        }
        #expect(patience.verdict(at: second(35), isBusy: false) == .slowRequest)
        patience.noteArrived()
        #expect(patience.verdict(at: second(36), isBusy: false) == .wait(until: second(94)))
    }

    @Test func theTimeOfARequestBeginsWhenItsTurnComes() {
        var patience = Deadlines(limits, at: second(0))
        _ = patience.noteArriving(at: second(1))
        #expect(patience.verdict(at: second(26), isBusy: true) == .wait(until: second(51)))
        patience.noteHeldBack(at: second(40))
        #expect(patience.verdict(at: second(51), isBusy: false) == .wait(until: second(65)))
        #expect(patience.verdict(at: second(65), isBusy: false) == .slowRequest)
    }

    @Test func answersHaveTheirTimeToo() {
        var patience = Deadlines(limits, at: second(0))
        #expect(patience.noteStalled(at: second(5)) == second(30))
        #expect(patience.verdict(at: second(29), isBusy: true) == .wait(until: second(30)))
        #expect(patience.verdict(at: second(30), isBusy: true) == .slowReader)
        patience.noteTaken()
        #expect(patience.verdict(at: second(30), isBusy: true) == .wait(until: second(90)))
    }

    @Test func theEndComesSoonAfterTheLastAnswer() {
        var patience = Deadlines(limits, at: second(0))
        let end = patience.noteEnd(at: second(1))
        #expect(end == second(1) + Deadlines.linger)
        #expect(patience.verdict(at: second(2), isBusy: false) == .wait(until: end))
        #expect(patience.verdict(at: end, isBusy: false) == .over)
    }

    @Test func whoIsWithinARequestIsNotIdle() {
        var patience = Deadlines(Deadlines.Limits(idle: .seconds(5), request: .seconds(25)), at: second(0))
        _ = patience.noteArriving(at: second(1))
        #expect(patience.verdict(at: second(20), isBusy: false) == .wait(until: second(26)))
        patience.noteArrived()
        _ = patience.noteStalled(at: second(20))
        #expect(patience.verdict(at: second(26), isBusy: false) == .wait(until: second(45)))
    }

    @Test func theShutdownWaitsForWhoWasActiveJustNow() {
        var active = Deadlines(limits, at: second(0))
        var idle = active
        active.noteActivity(at: second(10))
        active.noteShutdown(at: second(10))
        #expect(active.verdict(at: second(10), isBusy: false) == .wait(until: second(10) + Deadlines.drainPause))
        idle.noteShutdown(at: second(10))
        #expect(idle.verdict(at: second(10), isBusy: false) == .idle)
    }

    @Test func theShutdownWaitsForARequestNotForLong() {
        for began in [1, 9] {
            var patience = Deadlines(limits, at: second(0))
            _ = patience.noteArriving(at: second(began))
            patience.noteShutdown(at: second(10))
            #expect(
                patience.verdict(at: second(10), isBusy: false) == .wait(until: second(10) + Deadlines.drainRequest)
            )
        }
        var old = Deadlines(limits, at: second(0))
        _ = old.noteArriving(at: second(1))
        old.noteShutdown(at: second(24))
        #expect(old.verdict(at: second(24), isBusy: false) == .wait(until: second(26)))
    }

    private func second(_ number: Int) -> NIODeadline { .uptimeNanoseconds(UInt64(number) * 1_000_000_000) }
}
