import Support
import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// Faults while events are in the spool, and faults of its disk.
    @Suite struct SpoolFaults {
        /// The database is stopped, and the server is killed several times.
        @Test(.timeLimit(.minutes(3)))
        func aKilledServerWithoutADatabaseLosesNothing() async throws {
            try await Scenario.run("kill -9 of the server while PostgreSQL is stopped", spool: .own) { scenario in
                let kills = Extent.of(full: 10, short: 2)
                var random = SeededGenerator(seed: Extent.seed)
                try await scenario.underLoad {
                    for round in 1...kills {
                        try await kill(scenario, random: &random)
                        if round == 1 { try await scenario.cluster.stop() }
                    }
                    try await scenario.cluster.start()
                    // Also killed during the delivery.
                    for _ in 1...kills { try await kill(scenario, random: &random) }
                }
                scenario.note("kills \(2 * kills)")
                try await scenario.withServer { _ in }
            }
        }

        private func kill(_ scenario: Scenario, random: inout SeededGenerator) async throws {
            let life = Int.random(in: 100...800, using: &random)
            let ended = try await HourglassProcess.with(scenario.launch()) { server in
                try await Task.sleep(for: .milliseconds(life))
                server.send(SIGKILL)
            }
            #expect(ended.status == .killed(by: SIGKILL))
        }

        /// After a failed sync it is unknown which bytes are on the disk, even if the next sync succeeds.
        @Test(.timeLimit(.minutes(3)))
        func aFailedSyncIsFollowedByNoAcknowledgement() async throws {
            try await Scenario.run("sync of the spool fails", spool: .own) { scenario in
                let sync = try await FailingSync(in: scenario.directory)
                try await scenario.withServer(scenario.launch(prefix: sync.prefix)) { _ in
                    try await scenario.underLoad {
                        try await scenario.cluster.stop()
                        try await Task.sleep(for: .milliseconds(500))
                        try sync.failNext()
                        while scenario.ledger.figures.refused == 0 { try await Task.sleep(for: .milliseconds(5)) }
                        // Lets the clients read the answers that were on their way.
                        try await Task.sleep(for: .milliseconds(500))
                        let acknowledged = scenario.ledger.figures.acknowledged
                        try await Task.sleep(for: .seconds(1))
                        #expect(scenario.ledger.figures.acknowledged == acknowledged)
                        try await scenario.cluster.start()
                        scenario.note("recovery \(try await scenario.freshEvent().text)")
                    }
                }
                // Opening the spool again determines which events it holds.
                try await scenario.withServer { _ in }
            }
        }

        /// Events are refused while the disk of the spool is full, and accepted again once there is space.
        @Test(.timeLimit(.minutes(3)))
        func aFullDiskLosesNothing() async throws {
            try await SmallDisk.with(megabytes: 20) { disk in
                try await Scenario.run("disk of the spool full", spool: .at(disk.directory)) { scenario in
                    try await scenario.withServer { _ in
                        try await scenario.underLoad(connections: 4) {
                            try await scenario.cluster.stop()
                            try await Task.sleep(for: .milliseconds(500))
                            try disk.fill()
                            let full = ContinuousClock.now
                            let refused = scenario.ledger.figures.refused
                            while scenario.ledger.figures.refused == refused {
                                try await Task.sleep(for: .milliseconds(5))
                            }
                            scenario.note("first refused after \(full.duration(to: .now).text)")
                            #expect(full.duration(to: .now) < .seconds(1))
                            try disk.free()
                            let free = ContinuousClock.now
                            try await LoadClient.sendUntilAcknowledged(
                                scenario.ledger,
                                host: "127.0.0.1",
                                port: scenario.port
                            )
                            scenario.note("taken again after \(free.duration(to: .now).text)")
                            try await scenario.cluster.start()
                            scenario.note("recovery \(try await scenario.freshEvent().text)")
                        }
                    }
                }
            }
        }
    }
}
