import Postgres
import Support
import Testing

extension Faults {
    /// Another session holds a lock that blocks all writes.
    @Suite struct LockFaults {
        @Test(.timeLimit(.minutes(3)), arguments: SpoolPlace.allCases)
        func aLockWithATimeoutLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("LOCK TABLE, lock_timeout 200 ms", spool: spool) { scenario in
                try await scenario.set("lock_timeout", to: "200ms")
                let duration: Duration = .seconds(Extent.of(full: 10, short: 3))
                try await lock(scenario, Trouble(duration: duration, spool: spool, reason: "55P03"))
            }
        }

        /// The statements wait, and are given up after half a minute, with a spool after ten seconds.
        @Test(.timeLimit(.minutes(3)), arguments: Extent.of(full: SpoolPlace.allCases, short: [.none]))
        func aLockLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("LOCK TABLE", spool: spool) { scenario in
                let duration: Duration = .seconds(Extent.of(full: 40, short: 2))
                var trouble = Trouble(duration: duration, spool: spool, reason: Extent.of(full: "answer", short: nil))
                trouble.slowestNotice = .seconds(6)
                try await lock(scenario, trouble)
            }
        }

        private func lock(_ scenario: Scenario, _ trouble: Trouble) async throws {
            try await scenario.withServer { _ in
                try await trouble.strike(scenario) { wait in
                    try await Connection.with(scenario.administratorURL) { blocker in
                        try await blocker.run("SET lock_timeout = 0")
                        try await blocker.run("BEGIN; LOCK TABLE hourglass.event IN ACCESS EXCLUSIVE MODE")
                        try await wait()
                    }
                }
            }
        }
    }
}
