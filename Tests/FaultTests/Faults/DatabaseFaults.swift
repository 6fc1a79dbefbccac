import Support
import Testing

extension Faults {
    /// PostgreSQL becomes unavailable while the server keeps running.
    @Suite struct DatabaseFaults {
        @Test(.timeLimit(.minutes(3)), arguments: SpoolPlace.allCases)
        func aKilledDatabaseLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("kill -9 of PostgreSQL", spool: spool) { scenario in
                try await outages(of: scenario, rounds: Extent.of(full: 5, short: 1), slowest: .seconds(5)) {
                    try await scenario.cluster.kill()
                    try await scenario.cluster.start()
                }
            }
        }

        @Test(
            .timeLimit(.minutes(3)),
            arguments: OwnCluster.Stop.allCases,
            Extent.of(full: SpoolPlace.allCases, short: [.own])
        )
        func aRestartLosesNothing(how: OwnCluster.Stop, spool: SpoolPlace) async throws {
            try await Scenario.run("restart -m \(how.rawValue)", spool: spool) { scenario in
                try await outages(of: scenario, rounds: Extent.of(full: 5, short: 1), slowest: .seconds(5)) {
                    try await scenario.cluster.restart(how)
                }
            }
        }

        /// The connections stay open without answers; with a spool the server gives up a statement after ten seconds.
        @Test(.timeLimit(.minutes(3)), arguments: Extent.of(full: SpoolPlace.allCases, short: [.none]))
        func aHaltedDatabaseLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("PostgreSQL halted", spool: spool) { scenario in
                try await outages(of: scenario, rounds: 1, slowest: .seconds(5)) {
                    try await scenario.cluster.whileHalted {
                        try await Task.sleep(for: .seconds(Extent.of(full: spool.exists ? 20 : 10, short: 2)))
                    }
                }
            }
        }

        /// Every session of the server is terminated five times a second.
        @Test(.timeLimit(.minutes(3)), arguments: Extent.of(full: SpoolPlace.allCases, short: [.own]))
        func endedSessionsLoseNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("pg_terminate_backend every 200 ms", spool: spool) { scenario in
                try await scenario.withServer { _ in
                    let rounds = Extent.of(full: spool.exists ? 25 : 300, short: 15)
                    try await scenario.underLoad {
                        for _ in 1...rounds {
                            try await scenario.cluster.run(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'hourglass'"
                            )
                            try await Task.sleep(for: .milliseconds(200))
                        }
                    }
                    scenario.note("rounds \(rounds), recovery \(try await scenario.freshEvent().text)")
                }
            }
        }

        /// PostgreSQL is stopped for longer than a request waits.
        @Test(.timeLimit(.minutes(5)), arguments: SpoolPlace.allCases)
        func anAbsentDatabaseLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("PostgreSQL stopped", spool: spool) { scenario in
                let absence: Duration = .seconds(Extent.of(full: spool.exists ? 60 : 5, short: 3))
                try await scenario.withServer { server in
                    try await scenario.underLoad {
                        try await Task.sleep(for: .seconds(1))
                        let before = try server.residentBytes >> 20
                        try await scenario.cluster.stop()
                        try await Task.sleep(for: absence)
                        let after = try server.residentBytes >> 20
                        try await scenario.cluster.start()
                        let recovery = try await scenario.freshEvent()
                        scenario.note("away \(absence.text), recovery \(recovery.text)")
                        scenario.note("memory \(before) to \(after) MiB")
                        #expect(after < before + 64)
                        // Spooled events are delivered at least as fast as they arrived.
                        #expect(recovery < (spool.exists ? max(absence, .seconds(5)) : .seconds(5)))
                        try await Task.sleep(for: .seconds(1))
                    }
                }
                if spool.exists { #expect(scenario.ledger.figures.refused == 0) }
            }
        }

        /// Makes PostgreSQL unavailable under load, several times.
        private func outages(
            of scenario: Scenario,
            rounds: Int,
            slowest: Duration,
            _ outage: () async throws -> Void
        ) async throws {
            try await scenario.withServer { _ in
                var longest: Duration = .zero
                try await scenario.underLoad {
                    for _ in 1...rounds {
                        try await Task.sleep(for: .seconds(1))
                        try await outage()
                        longest = max(longest, try await scenario.freshEvent())
                    }
                    try await Task.sleep(for: .milliseconds(500))
                }
                scenario.note("outages \(rounds), recovery \(longest.text) at most")
                #expect(longest < slowest)
            }
        }
    }
}
