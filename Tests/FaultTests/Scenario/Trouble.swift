import Support
import Testing

/// An outage in which the database cannot store events, under load, and the recovery from it.
struct Trouble {
    /// The duration of the outage.
    let duration: Duration
    let spool: SpoolPlace
    /// Part of the reason that readiness must report; nil if the server may stay ready.
    let reason: String?
    /// The longest time until readiness reports it.
    var slowestNotice: Duration = .seconds(4)
    /// The limit of the recovery time; with a spool to deliver, at least the duration of the outage.
    var slowestRecovery: Duration = .seconds(5)

    /// Runs `during` under load, which disables the database, calls `wait` for the outage, and enables it again.
    func strike(
        _ scenario: Scenario,
        _ during: (_ wait: () async throws -> Void) async throws -> Void
    ) async throws {
        try await scenario.underLoad {
            try await Task.sleep(for: .seconds(1))
            try await during { try await endure(scenario) }
            let recovery = try await scenario.freshEvent()
            scenario.note("in trouble for \(duration.text), recovery \(recovery.text)")
            #expect(recovery < (spool.exists ? max(duration, slowestRecovery) : slowestRecovery))
            // The outage has no later effect.
            let stall = try await scenario.longestStall(during: .seconds(Extent.of(full: 3, short: 1)))
            #expect(stall < .seconds(1))
        }
        if spool.exists { #expect(scenario.ledger.figures.refused == 0) }
    }

    private func endure(_ scenario: Scenario) async throws {
        let end = ContinuousClock.now + duration
        // Requests that were on their way may still be answered.
        try await Task.sleep(for: .milliseconds(500))
        let acknowledged = scenario.ledger.figures.acknowledged
        if let reason {
            let (report, after) = try await scenario.unreadiness()
            scenario.note("unready after \((after + .milliseconds(500)).text)")
            #expect(report.writingObstacle?.contains(reason) == true, "\(report)")
            #expect(report.writingObstacle?.contains("127.0.0.1") != true, "\(report)")
            #expect(report.status == (spool.exists ? "degraded" : "unready"))
            #expect(after < slowestNotice)
        }
        try await Task.sleep(until: end)
        if reason != nil || !spool.exists {
            #expect((scenario.ledger.figures.acknowledged > acknowledged) == spool.exists)
        }
    }
}
