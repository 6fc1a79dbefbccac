import Support
import Testing

extension Faults {
    /// The connection to PostgreSQL is cut just before a commit and just after it.
    @Suite struct CutFaults {
        @Test(.timeLimit(.minutes(5)))
        func cutCommitsLoseAndDoubleNothing() async throws {
            try await Scenario.run("cut around COMMIT") { scenario in
                let wanted = Extent.of(full: 1_000, short: 50)
                try await PostgresProxy.with(to: scenario.cluster.port, seed: Extent.seed) { proxy in
                    try await scenario.withServer(scenario.launch(url: scenario.url(port: proxy.port))) { _ in
                        proxy.cut(share: 70)
                        try await scenario.underLoad {
                            while proxy.cuts.count < wanted { try await Task.sleep(for: .milliseconds(50)) }
                            proxy.cut(share: 0)
                        }
                        scenario.note("cuts before \(proxy.cuts.before) and after \(proxy.cuts.after)")
                        try await scenario.freshEvent()
                    }
                }
            }
        }
    }
}
