import Postgres
import Support
import Testing

extension Faults {
    /// The connection to PostgreSQL is cut just before a commit and just after it.
    @Suite struct CutFaults {
        @Test(
            .timeLimit(.minutes(5)),
            arguments: Extent.of(
                full: [("postgres", 1_000, SpoolPlace.none), ("timescaledb", 100, .none), ("postgres", 20, .own)],
                short: [("postgres", 50, .none), ("postgres", 10, .own)]
            )
        )
        func cutCommitsLoseAndDoubleNothing(flavour: String, wanted: Int, spool: SpoolPlace) async throws {
            try await Scenario.run("cut around COMMIT, \(flavour)", flavour: flavour, spool: spool) { scenario in
                try await PostgresProxy.with(to: scenario.cluster.port, seed: Extent.seed) { proxy in
                    try await scenario.withServer(scenario.launch(url: scenario.url(port: proxy.port))) { _ in
                        proxy.cut(share: 70)
                        try await scenario.underLoad(connections: 64) {
                            while proxy.cuts.count < wanted { try await Task.sleep(for: .milliseconds(20)) }
                            proxy.cut(share: 0)
                        }
                        scenario.note("cuts before \(proxy.cuts.before) and after \(proxy.cuts.after)")
                    }
                }
            }
        }

        /// The same cuts do double events if batches have no id, which proves that the test above can fail.
        @Test(.timeLimit(.minutes(2)))
        func withoutBatchIDsTheyDouble() async throws {
            let judge = { (verdict: Verdict) in
                #expect(verdict.doubled > 0)
                #expect(verdict.lost == 0)
            }
            try await Scenario.run("cut around COMMIT, naive", judge: judge) { scenario in
                try await Connection.with(scenario.administratorURL) { connection in
                    let hours = "to_timestamp(\(scenario.ledger.base)), to_timestamp(\(scenario.ledger.base - 18_000))"
                    try await connection.run("SELECT hourglass.make_partitions(ARRAY[\(hours)])")
                }
                try await PostgresProxy.with(to: scenario.cluster.port, seed: Extent.seed) { proxy in
                    proxy.cut(share: 50)
                    let url = scenario.administratorURL(port: proxy.port)
                    let client = NaiveClient(ledger: scenario.ledger, url: url)
                    for batch in 0..<Extent.of(full: 100, short: 20) {
                        try await client.store(scenario.ledger.issue(50), byCopy: batch.isMultiple(of: 2))
                    }
                    scenario.note("cuts before \(proxy.cuts.before) and after \(proxy.cuts.after)")
                }
            }
        }
    }
}
