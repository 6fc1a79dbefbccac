import Support
import Testing

extension Faults {
    /// The primary is killed, and its synchronous standby is promoted some time later.
    @Suite struct FailoverFaults {
        @Test(
            .timeLimit(.minutes(3)),
            arguments: Extent.of(full: ["postgres", "timescaledb"], short: ["postgres"]),
            SpoolPlace.allCases
        )
        func aFailoverLosesNothing(flavour: String, spool: SpoolPlace) async throws {
            try await OwnCluster.with { primary in
                try await primary.withStandby { standby in
                    try await Scenario.run(
                        "failover, \(flavour)",
                        on: primary,
                        survivor: standby,
                        flavour: flavour,
                        spool: spool
                    ) { try await failOver($0, to: standby, spool) }
                }
            }
        }

        private func failOver(_ scenario: Scenario, to standby: OwnCluster, _ spool: SpoolPlace) async throws {
            let primary = scenario.cluster
            let url = "\(scenario.url()) host=127.0.0.1,127.0.0.1 port=\(primary.port),\(standby.port)"
            // Without a spool, longer than a batch of unknown outcome is retried.
            let duration: Duration = .seconds(Extent.of(full: spool.exists ? 10 : 35, short: 3))
            let trouble = Trouble(duration: duration, spool: spool, reason: "read-only")
            try await scenario.withServer(scenario.launch(url: url)) { _ in
                try await trouble.strike(scenario) { wait in
                    try await primary.kill()
                    try await wait()
                    try await standby.promote()
                }
            }
        }
    }
}
