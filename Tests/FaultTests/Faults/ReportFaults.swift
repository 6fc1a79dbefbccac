import Support
import Testing

extension Faults {
    /// Reports are asked for while the stores that answer them, their connections and PostgreSQL fail.
    @Suite struct ReportFaults {
        /// An answer has what was acknowledged before the question; in the end all answers are those counted in SQL.
        @Test(.timeLimit(.minutes(5)), arguments: Extent.of(full: ["postgres", "timescaledb"], short: ["postgres"]))
        func answersLackNothing(flavour: String) async throws {
            let cluster = try #require(OwnClusterTrait.cluster)
            try await ReportScenario.run(on: cluster, flavour: flavour) { scenario in
                try await scenario.underLoad {
                    for round in 0..<Extent.of(full: 8, short: 1) { try await strike(scenario, round) }
                    try await progress(scenario)
                }
                try await scenario.check()
                let figures = scenario.figures
                announce(
                    """
                    reports, \(flavour): hits \(figures.hits.values.reduce(0, +)), answered \(figures.answered), \
                    refused \(figures.refused), late \(figures.late.count); seed \(Extent.seed)
                    """
                )
            }
        }

        private func strike(_ scenario: ReportScenario, _ round: Int) async throws {
            try await progress(scenario)
            scenario.kill(round % 2)
            try await progress(scenario)
            try await scenario.cluster.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(Scenario.login)'"
            )
            try await progress(scenario)
            // Until the notes of this time are gone: the store has parts without a way to learn what they lack.
            scenario.leaveAlone(round % 2)
            try await Task.sleep(for: .seconds(Extent.of(full: 12, short: 10)))
            scenario.leaveAlone(nil)
            try await progress(scenario)
            try await scenario.cluster.kill()
            try await Task.sleep(for: .milliseconds(Extent.of(full: 3_000, short: 500)))
            try await scenario.cluster.start()
            try await progress(scenario)
        }

        /// Waits until more questions have been answered.
        private func progress(_ scenario: ReportScenario) async throws {
            let before = scenario.figures.answered
            while scenario.figures.answered < before + 20 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }
}
