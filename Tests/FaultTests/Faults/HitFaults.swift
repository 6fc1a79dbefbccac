import Support
import Testing

extension Faults {
    /// The database fails while a store is given events and hits of many sites, with ids and without.
    @Suite struct HitFaults {
        /// Sessions are ended, connections are cut around commits, and PostgreSQL is killed and away for a while: each
        /// acknowledged hit and event is stored once, and each id is.
        @Test(.timeLimit(.minutes(5)), arguments: ["postgres", "timescaledb"])
        func acknowledgedHitsAreStoredOnce(flavour: String) async throws {
            let cluster = try #require(OwnClusterTrait.cluster)
            try await HitScenario.run(on: cluster, flavour: flavour) { scenario in
                try await scenario.underWriters {
                    for _ in 1...Extent.of(full: 10, short: 1) { try await strike(scenario) }
                }
                try await scenario.check()
                report(scenario, flavour)
            }
        }

        private func strike(_ scenario: HitScenario) async throws {
            for _ in 1...2 {
                try await progress(scenario)
                try await scenario.cluster.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(Scenario.login)'"
                )
            }
            try await progress(scenario)
            let cuts = scenario.proxy.cuts.count
            scenario.proxy.cut(share: 50)
            while scenario.proxy.cuts.count < cuts + Extent.of(full: 20, short: 6) {
                try await Task.sleep(for: .milliseconds(5))
            }
            scenario.proxy.cut(share: 0)
            try await progress(scenario)
            try await scenario.cluster.kill()
            try await Task.sleep(for: .milliseconds(Extent.of(full: 3_000, short: 500)))
            try await scenario.cluster.start()
        }

        /// Waits until more batches have been acknowledged, and none is in the spool.
        private func progress(_ scenario: HitScenario) async throws {
            let before = scenario.ledger.batches
            while scenario.ledger.batches < before + 20 { try await Task.sleep(for: .milliseconds(5)) }
            try await scenario.delivered()
        }

        private func report(_ scenario: HitScenario, _ flavour: String) {
            let (ledger, cuts) = (scenario.ledger, scenario.proxy.cuts)
            let figures = [
                "batches \(ledger.batches)", "events \(ledger.events.count)", "hits \(ledger.hits.count)",
                "ids \(ledger.identified)", "sent again \(ledger.repetitions)",
                "cuts before \(cuts.before) and after \(cuts.after)",
            ]
            announce("hits, \(flavour): \(figures.joined(separator: ", ")); seed \(Extent.seed)")
            #expect(ledger.repetitions > 0)
        }
    }
}
