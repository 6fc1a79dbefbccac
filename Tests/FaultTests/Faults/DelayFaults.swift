import Support
import Testing

extension Faults {
    /// A database with a high latency.
    @Suite struct DelayFaults {
        @Test(.timeLimit(.minutes(3)), arguments: Extent.of(full: [50, 500, 5_000], short: [50, 500]))
        func lateAnswersLoseNothing(milliseconds: Int) async throws {
            try await Scenario.run("answers \(milliseconds) ms late") { scenario in
                try await PostgresProxy.with(to: scenario.cluster.port) { proxy in
                    try await scenario.withServer(scenario.launch(url: scenario.url(port: proxy.port))) { _ in
                        // Connects before the delay begins: the connect timeout is five seconds.
                        try await scenario.freshEvent()
                        proxy.delayAnswers(by: .milliseconds(milliseconds))
                        try await scenario.underLoad {
                            try await Task.sleep(for: .milliseconds(max(2_000, 4 * milliseconds)))
                        }
                        proxy.delayAnswers(by: .zero)
                    }
                }
            }
        }
    }
}
