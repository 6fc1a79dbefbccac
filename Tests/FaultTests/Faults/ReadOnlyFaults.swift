import Support
import Testing

extension Faults {
    /// PostgreSQL is read-only for a while.
    @Suite struct ReadOnlyFaults {
        @Test(.timeLimit(.minutes(3)), arguments: SpoolPlace.allCases)
        func aReadOnlyDatabaseLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("default_transaction_read_only", spool: spool) { scenario in
                let duration: Duration = .seconds(Extent.of(full: 10, short: 3))
                let trouble = Trouble(duration: duration, spool: spool, reason: "read-only")
                try await scenario.withServer { _ in
                    try await trouble.strike(scenario) { wait in
                        try await scenario.cluster.whileSet("default_transaction_read_only", to: "on") {
                            try await wait()
                        }
                    }
                }
            }
        }
    }
}
