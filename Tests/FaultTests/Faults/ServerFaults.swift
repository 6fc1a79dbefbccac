import Support
import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// The server is killed or stopped.
    @Suite struct ServerFaults {
        /// Killed under load, and started again on the same port.
        @Test(.timeLimit(.minutes(5)))
        func aKilledServerLosesNothing() async throws {
            try await Scenario.run("kill -9 of the server") { scenario in
                try await kill(scenario, times: Extent.of(full: 20, short: 2))
                try await scenario.withServer { _ in }
            }
        }

        /// The embedded PostgreSQL keeps running, and the next server takes it over.
        @Test(.timeLimit(.minutes(5)))
        func aKilledServerWithItsOwnDatabaseLosesNothing() async throws {
            try await Scenario.runEmbedded("kill -9 of the server, embedded PostgreSQL") { scenario in
                // Creates the database beforehand, which takes longer than a restart.
                _ = try await HourglassProcess.with(scenario.launch()) { _ in try await scenario.addSites() }
                try await scenario.withServer { _ in }
                try await kill(scenario, times: Extent.of(full: 10, short: 1))
                try await scenario.withServer { _ in }
            }
        }

        private func kill(_ scenario: Scenario, times: Int) async throws {
            var random = SeededGenerator(seed: Extent.seed)
            let longest = try await scenario.underLoad {
                var startups: [Duration] = []
                for _ in 1...times {
                    let life = Int.random(in: 500...3_000, using: &random)
                    let ended = try await HourglassProcess.with(scenario.launch()) { server in
                        startups.append(server.startup)
                        try await Task.sleep(for: .milliseconds(Extent.of(full: life, short: life / 3)))
                        server.send(SIGKILL)
                    }
                    #expect(ended.status == .killed(by: SIGKILL))
                }
                return startups.max() ?? .zero
            }
            scenario.note("kills \(times), ready after \(longest.text) at most")
            #expect(longest < .seconds(2))
        }

        /// SIGTERM under load.
        @Test(.timeLimit(.minutes(3)))
        func anOrderlyEndUnderLoadLosesNothing() async throws {
            try await Scenario.run("SIGTERM") { scenario in
                let rounds = Extent.of(full: 5, short: 1)
                let longest = try await scenario.underLoad {
                    var longest: Duration = .zero
                    for _ in 1...rounds {
                        let ended = try await HourglassProcess.with(scenario.launch()) { server in
                            try await Task.sleep(for: .seconds(1))
                            server.send(SIGTERM)
                            return ContinuousClock.now
                        }
                        #expect(ended.status == .exited(0))
                        longest = max(longest, ended.result.duration(to: .now))
                    }
                    return longest
                }
                scenario.note("ends \(rounds), after \(longest.text) at most")
                #expect(longest < .seconds(10))
                try await scenario.withServer { _ in }
            }
        }
    }
}
