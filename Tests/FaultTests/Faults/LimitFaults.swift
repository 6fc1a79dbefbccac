import Support
import Testing

extension Faults {
    /// The connection limit of the server's role is below the number of connections that the server opens.
    @Suite struct LimitFaults {
        private static let duration: Duration = .seconds(Extent.of(full: 20, short: 3))

        @Test(
            .timeLimit(.minutes(3)),
            arguments: Extent.of(full: [2, 3, 5, 6, 9, 17], short: [2, 5]),
            Extent.of(full: SpoolPlace.allCases, short: [.none])
        )
        func aConnectionLimitCausesNoStall(limit: Int, spool: SpoolPlace) async throws {
            try await Scenario.run("CONNECTION LIMIT \(limit)", spool: spool) { scenario in
                try await withLimit(limit, of: scenario.cluster) {
                    try await scenario.withServer { _ in
                        let stall = try await underLoadAndQuestions(scenario) {
                            try await scenario.longestStall(during: Self.duration)
                        }
                        #expect(stall < .seconds(2))
                        try await expectWarning(limit, in: scenario)
                    }
                }
                if spool.exists { #expect(scenario.ledger.figures.refused == 0) }
            }
        }

        /// The limit is lowered and the sessions are terminated, so that not all can be opened again.
        @Test(.timeLimit(.minutes(3)), arguments: Extent.of(full: SpoolPlace.allCases, short: [.none]))
        func aLimitThatIsLoweredLosesNothing(spool: SpoolPlace) async throws {
            try await Scenario.run("CONNECTION LIMIT lowered to 2", spool: spool) { scenario in
                try await scenario.withServer { _ in
                    let stall = try await underLoadAndQuestions(scenario) {
                        try await Task.sleep(for: .seconds(1))
                        async let stall = scenario.longestStall(during: Self.duration)
                        try await withLimit(2, of: scenario.cluster) {
                            try await scenario.cluster.run(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'hourglass'"
                            )
                            try await Task.sleep(for: Self.duration)
                        }
                        return try await stall
                    }
                    #expect(stall < .seconds(2))
                    scenario.note("recovery \(try await scenario.freshEvent().text)")
                }
                if spool.exists { #expect(scenario.ledger.figures.refused == 0) }
            }
        }

        private func withLimit(_ limit: Int, of cluster: OwnCluster, _ body: () async throws -> Void) async throws {
            try await cluster.run("ALTER ROLE \(Scenario.login) CONNECTION LIMIT \(limit)")
            do {
                try await body()
            } catch {
                // The error of the body is the relevant one.
                try? await cluster.run("ALTER ROLE \(Scenario.login) CONNECTION LIMIT -1")
                throw error
            }
            try await cluster.run("ALTER ROLE \(Scenario.login) CONNECTION LIMIT -1")
        }

        /// Sends events and queries counts while `body` runs, which returns the longest stall.
        private func underLoadAndQuestions(
            _ scenario: Scenario,
            _ body: () async throws -> Duration
        ) async throws -> Duration {
            let stop = StopSign()
            let questioner = Questioner(scenario.ledger, port: scenario.port)
            let stall = try await withThrowingTaskGroup { group in
                for _ in 1...8 { group.addTask { try await questioner.run(until: stop) } }
                let stall = try await scenario.underLoad(body)
                stop.raise()
                try await group.waitForAll()
                return stall
            }
            let figures = questioner.figures
            scenario.note("longest stall \(stall.text)")
            scenario.note("questions answered \(figures.answered), refused \(figures.refused)")
            #expect(figures.answered > 0)
            return stall
        }

        /// Expects a warning with both numbers if the limit is too low, and none otherwise.
        private func expectWarning(_ limit: Int, in scenario: Scenario) async throws {
            let needed = 17
            let warnings = try scenario.logLines.filter { $0.contains("fewer connections") }
            #expect(warnings.count == (limit < needed ? 1 : 0))
            let areNamed = warnings.allSatisfy {
                $0.contains(#""allowed":"\#(limit)""#) && $0.contains(#""needed":"\#(needed)""#)
            }
            #expect(areNamed, "\(warnings)")
        }
    }
}
