import NIOCore
import Testing

@testable import HTTP

struct DeadlinesTests {
    private let limits = Deadlines.Limits(idle: .seconds(60), request: .seconds(25))

    /// nginx and the load balancers of AWS close an idle connection to a server after 60 seconds by default.
    @Test func byDefaultTheProxyClosesFirst() {
        #expect(HTTPSettings().idleTimeout > .seconds(60))
    }

    @Test func aConnectionWithoutActivityIsIdle() {
        var deadlines = Deadlines(limits, at: second(0))
        #expect(deadlines.verdict(at: second(1), isBusy: false) == .wait(until: second(60)))
        deadlines.noteActivity(at: second(50))
        #expect(deadlines.verdict(at: second(60), isBusy: false) == .wait(until: second(110)))
        #expect(deadlines.verdict(at: second(110), isBusy: false) == .idle)
    }

    @Test func aClientThatWaitsForAnAnswerIsNotIdle() {
        var deadlines = Deadlines(limits, at: second(0))
        #expect(deadlines.verdict(at: second(100), isBusy: true) == .wait(until: second(160)))
        #expect(deadlines.verdict(at: second(159), isBusy: false) == .wait(until: second(160)))
    }

    @Test func theTimeOfARequestBeginsWithItsFirstByte() {
        var deadlines = Deadlines(limits, at: second(0))
        #expect(deadlines.noteArriving(at: second(10)) == second(35))
        for at in 11..<35 {
            deadlines.noteActivity(at: second(at))
            #expect(deadlines.noteArriving(at: second(at)) == nil)
            #expect(deadlines.verdict(at: second(at), isBusy: false) == .wait(until: second(35)))
        }
        #expect(deadlines.verdict(at: second(35), isBusy: false) == .slowRequest)
        deadlines.noteArrived()
        #expect(deadlines.verdict(at: second(36), isBusy: false) == .wait(until: second(94)))
    }

    @Test func theTimeOfARequestBeginsWhenItsTurnComes() {
        var deadlines = Deadlines(limits, at: second(0))
        _ = deadlines.noteArriving(at: second(1))
        #expect(deadlines.verdict(at: second(26), isBusy: true) == .wait(until: second(51)))
        deadlines.noteHeldBack(at: second(40))
        #expect(deadlines.verdict(at: second(51), isBusy: false) == .wait(until: second(65)))
        #expect(deadlines.verdict(at: second(65), isBusy: false) == .slowRequest)
    }

    @Test func answersMustBeReadInTime() {
        var deadlines = Deadlines(limits, at: second(0))
        #expect(deadlines.noteStalled(at: second(5)) == second(30))
        #expect(deadlines.verdict(at: second(29), isBusy: true) == .wait(until: second(30)))
        #expect(deadlines.verdict(at: second(30), isBusy: true) == .slowReader)
        deadlines.noteTaken()
        #expect(deadlines.verdict(at: second(30), isBusy: true) == .wait(until: second(90)))
    }

    @Test func theConnectionEndsSoonAfterTheLastAnswer() {
        var deadlines = Deadlines(limits, at: second(0))
        let end = deadlines.noteEnd(at: second(1))
        #expect(end == second(1) + Deadlines.linger)
        #expect(deadlines.verdict(at: second(2), isBusy: false) == .wait(until: end))
        #expect(deadlines.verdict(at: end, isBusy: false) == .over)
    }

    @Test func aConnectionWithinARequestIsNotIdle() {
        var deadlines = Deadlines(Deadlines.Limits(idle: .seconds(5), request: .seconds(25)), at: second(0))
        _ = deadlines.noteArriving(at: second(1))
        #expect(deadlines.verdict(at: second(20), isBusy: false) == .wait(until: second(26)))
        deadlines.noteArrived()
        _ = deadlines.noteStalled(at: second(20))
        #expect(deadlines.verdict(at: second(26), isBusy: false) == .wait(until: second(45)))
    }

    @Test func theShutdownWaitsForARecentlyActiveClient() {
        var active = Deadlines(limits, at: second(0))
        var idle = active
        active.noteActivity(at: second(10))
        active.noteShutdown(at: second(10))
        #expect(active.verdict(at: second(10), isBusy: false) == .wait(until: second(10) + Deadlines.drainPause))
        idle.noteShutdown(at: second(10))
        #expect(idle.verdict(at: second(10), isBusy: false) == .idle)
    }

    @Test func theShutdownWaitsForARequestForAShortTime() {
        for began in [1, 9] {
            var deadlines = Deadlines(limits, at: second(0))
            _ = deadlines.noteArriving(at: second(began))
            deadlines.noteShutdown(at: second(10))
            #expect(
                deadlines.verdict(at: second(10), isBusy: false) == .wait(until: second(10) + Deadlines.drainRequest)
            )
        }
        var old = Deadlines(limits, at: second(0))
        _ = old.noteArriving(at: second(1))
        old.noteShutdown(at: second(24))
        #expect(old.verdict(at: second(24), isBusy: false) == .wait(until: second(26)))
    }

    private func second(_ number: Int) -> NIODeadline { .uptimeNanoseconds(UInt64(number) * 1_000_000_000) }
}
