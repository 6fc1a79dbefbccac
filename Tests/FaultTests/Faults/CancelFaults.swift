import Support
import Testing

extension Faults {
    /// The statements of the server are cancelled by an administrator.
    @Suite struct CancelFaults {
        /// Five times a second.
        @Test(.timeLimit(.minutes(3)), arguments: Extent.of(full: SpoolPlace.allCases, short: [.own]))
        func cancelledStatementsLoseNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("pg_cancel_backend every 200 ms", spool: spool) { scenario in
                try await scenario.withServer { _ in
                    let rounds = Extent.of(full: 100, short: 15)
                    let stall = try await scenario.underLoad {
                        async let stall = scenario.longestStall(during: .milliseconds(200 * rounds))
                        for _ in 1...rounds {
                            try await scenario.cluster.run(
                                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'hourglass'"
                            )
                            try await Task.sleep(for: .milliseconds(200))
                        }
                        return try await stall
                    }
                    let recovery = try await scenario.freshEvent()
                    scenario.note("rounds \(rounds), recovery \(recovery.text)")
                    #expect(stall < .seconds(2))
                    #expect(recovery < .seconds(5))
                }
                if spool.exists { #expect(scenario.ledger.figures.refused == 0) }
            }
        }
    }
}
