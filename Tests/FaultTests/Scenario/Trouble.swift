import Support
import Testing

/// A time in which the database cannot store, under load, and the recovery from it.
struct Trouble {
    /// How long it lasts.
    let duration: Duration
    let spool: SpoolPlace
    /// Part of the reason that readiness has to give; nil where it may be ready all the time.
    let reason: String?
    /// Readiness gives it within this time.
    var slowestNotice: Duration = .seconds(4)
    /// A recovery takes less than this; where a spool has to be delivered, as long as the trouble was.
    var slowestRecovery: Duration = .seconds(5)

    /// Lets the database be in trouble as long as `during` runs, which is told to wait.
    func strike(
        _ scenario: Scenario,
        _ during: (_ wait: () async throws -> Void) async throws -> Void
    ) async throws {
        try await scenario.underLoad {
            try await Task.sleep(for: .seconds(1))
            try await during { try await endure(scenario) }
            let recovery = try await scenario.freshEvent()
            scenario.note("in trouble for \(duration.text), recovery \(recovery.text)")
            #expect(recovery < (spool.isThere ? max(duration, slowestRecovery) : slowestRecovery))
            // Nothing of it comes back.
            let stall = try await scenario.longestStall(during: .seconds(Extent.of(full: 3, short: 1)))
            #expect(stall < .seconds(1))
        }
        if spool.isThere { #expect(scenario.ledger.figures.refused == 0) }
    }

    private func endure(_ scenario: Scenario) async throws {
        let end = ContinuousClock.now + duration
        // What was on its way may still be answered.
        try await Task.sleep(for: .milliseconds(500))
        let acknowledged = scenario.ledger.figures.acknowledged
        if let reason {
            let (report, after) = try await scenario.unreadiness()
            scenario.note("unready after \((after + .milliseconds(500)).text)")
            #expect(report.writingObstacle?.contains(reason) == true, "\(report)")
            #expect(report.writingObstacle?.contains("127.0.0.1") != true, "\(report)")
            #expect(report.status == (spool.isThere ? "degraded" : "unready"))
            #expect(after < slowestNotice)
        }
        try await Task.sleep(until: end)
        if reason != nil || !spool.isThere {
            #expect((scenario.ledger.figures.acknowledged > acknowledged) == spool.isThere)
        }
    }
}
