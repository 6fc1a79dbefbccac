import Support
import Testing

extension Faults {
    /// The network between the server and PostgreSQL drops packets silently.
    ///
    /// The tests last as long as the TCP timeouts, so they are in the long form only.
    @Suite(.enabled(if: Extent.isFull, "only in the long form"))
    struct PartitionFaults {
        /// The answers on all existing connections are dropped for ever; new connections work.
        @Test(.timeLimit(.minutes(3)))
        func forgottenConnectionsLoseNothing() async throws {
            try await withPartition("half-open connections") { scenario, namespace, port in
                let connections = try await namespace.connections(to: port)
                #expect(!connections.isEmpty)
                for connection in connections { try await namespace.dropAnswers(from: port, to: connection) }
                let recovery = try await scenario.freshEvent(host: namespace.inside)
                scenario.note("connections \(connections.count), outage \(recovery.text)")
                #expect(recovery < .seconds(15))
            }
        }

        /// All answers are dropped for some seconds.
        @Test(.timeLimit(.minutes(3)), arguments: [5, 20])
        func lostAnswersLoseNothing(seconds: Int) async throws {
            try await withPartition("answers lost for \(seconds) s") { scenario, namespace, port in
                try await namespace.dropAnswers(from: port)
                try await Task.sleep(for: .seconds(seconds))
                try await namespace.heal()
                let recovery = try await scenario.freshEvent(host: namespace.inside)
                scenario.note("recovery \(recovery.text)")
                #expect(recovery < .seconds(15))
            }
        }

        private func withPartition(
            _ name: String,
            _ body: (_ scenario: Scenario, _ namespace: Namespace, _ port: Int) async throws -> Void
        ) async throws {
            try await Namespace.with { namespace in
                try await Scenario.run(name) { scenario in
                    // PostgreSQL listens on this machine only; the proxy makes it reachable from the other network.
                    try await PostgresProxy.with(to: scenario.cluster.port, host: namespace.outside) { proxy in
                        let launch = scenario.launch(
                            url: scenario.url(host: namespace.outside, port: proxy.port),
                            arguments: ["--host", namespace.inside],
                            prefix: namespace.prefix
                        )
                        try await scenario.withServer(launch, host: namespace.inside) { _ in
                            try await scenario.underLoad(host: namespace.inside) {
                                try await Task.sleep(for: .seconds(1))
                                try await body(scenario, namespace, proxy.port)
                                try await Task.sleep(for: .milliseconds(500))
                            }
                        }
                    }
                }
            }
        }
    }
}
