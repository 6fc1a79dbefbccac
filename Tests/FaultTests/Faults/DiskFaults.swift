import Support
import SystemPackage
import Testing

extension Faults {
    /// The disk of PostgreSQL is full for a while.
    @Suite struct DiskFaults {
        private static let duration: Duration = .seconds(Extent.of(full: 10, short: 3))

        /// The disk of the tables is full: PostgreSQL keeps running and refuses writes.
        @Test(.timeLimit(.minutes(3)))
        func fullTablesLoseNothing() async throws {
            try await SmallDisk.with(megabytes: 48) { disk in
                let cluster = try #require(OwnClusterTrait.cluster)
                try await cluster.run("CREATE TABLESPACE small LOCATION '\(disk.directory)'")
                try await Scenario.run("disk of the tables full", tablespace: "small") { scenario in
                    try await scenario.withServer { _ in
                        try await scenario.underLoad(connections: 4) { try await fillAndFree(disk, scenario) }
                    }
                }
                try await cluster.run("DROP TABLESPACE small")
            }
        }

        /// The disk of the WAL is full: PostgreSQL ends, and cannot start until there is space.
        @Test(.timeLimit(.minutes(3)), .enabled(if: Extent.isFull, "only in the long form"))
        func aFullLogLosesNothing() async throws {
            try await SmallDisk.with(megabytes: 64) { disk in
                // Otherwise recycled segments would suffice for a long time.
                let settings = ["max_wal_size = '4MB'", "min_wal_size = '2MB'"]
                let wal = disk.directory.appending("wal")
                try await OwnCluster.with(walIn: wal, settings: settings) { cluster in
                    try await Scenario.run("disk of the WAL full", on: cluster) { scenario in
                        try await scenario.withServer { _ in
                            try await scenario.underLoad { try await fillAndFree(disk, scenario) }
                        }
                    }
                }
            }
        }

        private func fillAndFree(_ disk: SmallDisk, _ scenario: Scenario) async throws {
            try await Task.sleep(for: .seconds(1))
            let before = scenario.ledger.figures.refused
            let start = ContinuousClock.now
            repeat {
                // Filled again and again, because PostgreSQL frees space of its own.
                try disk.fill()
                try await Task.sleep(for: .milliseconds(10))
            } while scenario.ledger.figures.refused == before && start.duration(to: .now) < .seconds(30)
            #expect(scenario.ledger.figures.refused > before, "the disk was not full enough")
            scenario.note("first refused after \(start.duration(to: .now).text)")
            try await Task.sleep(for: Self.duration)
            let survived = scenario.cluster.isRunning
            try disk.free()
            if !survived { try await scenario.cluster.start() }
            let recovery = try await scenario.freshEvent()
            scenario.note("PostgreSQL \(survived ? "survived" : "ended"), recovery \(recovery.text)")
            #expect(recovery < .seconds(5))
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
