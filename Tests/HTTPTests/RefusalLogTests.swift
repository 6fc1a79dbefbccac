import HTTPTypes
import Support
import Testing

@testable import HTTP

struct RefusalLogTests {
    private let kept = CollectingLog()

    private func note(_ log: RefusalLog, _ problem: Problem, _ now: ContinuousClock.Instant) {
        log.note(
            problem,
            problem,
            of: RequestRecord(method: "POST", target: "/analytics?user=somebody", id: "1"),
            now: now
        )
    }

    /// While the database is unavailable every request is refused: the log must not grow with them.
    @Test func manyRefusalsOfOneKindGiveOneLine() {
        let log = RefusalLog(logger: kept.logger())
        let start = ContinuousClock.now
        for _ in 0..<1_000 { note(log, .unavailable("the database is away"), start) }
        note(log, .unavailable("the queue is full"), start)
        #expect(kept.entries.count == 2)
        note(log, .unavailable("the database is away"), start + .seconds(10))
        #expect(kept.entries.count == 3)
        #expect(kept.entries.last?.contains("999") == true)
        note(log, .unavailable("the database is away"), start + .seconds(20))
        #expect(kept.entries.last?.contains("more_before") == false)
    }

    @Test func closedConnectionsAreLoggedOncePerReason() {
        let log = RefusalLog(logger: kept.logger())
        let start = ContinuousClock.now
        for _ in 0..<1_000 { log.noteClosed("it has no header", now: start) }
        log.noteClosed("the peer is not a trusted proxy", now: start)
        #expect(kept.entries.count == 2)
        #expect(kept.entries.allSatisfy { $0.hasPrefix("warning connection refused") })
        log.noteClosed("it has no header", now: start + .seconds(10))
        #expect(kept.entries.last?.contains("999") == true)
    }

    @Test func clientErrorsAreLoggedAtDebugLevel() {
        let log = RefusalLog(logger: kept.logger())
        for _ in 0..<3 { note(log, Problem(.badRequest, "is empty", field: "user"), .now) }
        #expect(kept.entries.count == 3)
        #expect(kept.entries.allSatisfy { $0.hasPrefix("debug") })
    }

    @Test func usersAreNotLogged() {
        let log = RefusalLog(logger: kept.logger())
        note(log, .unavailable("the database is away"), .now)
        note(log, Problem(.badRequest, "is empty", field: "user"), .now)
        #expect(kept.entries.allSatisfy { !$0.contains("somebody") })
    }
}
