import Support
import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// SIGTERM while requests are in every state.
    @Suite struct EndFaults {
        /// Requests that will never be complete.
        private static let fragments = [
            "",
            "POST /analytics?timesta",
            "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\ntimestamp,us",
            "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET",
        ]

        @Test(.timeLimit(.minutes(2)))
        func anEndWithRequestsInEveryStateLosesNothing() async throws {
            try await Scenario.run("SIGTERM, requests in every state") { scenario in
                try await PostgresProxy.with(to: scenario.cluster.port) { proxy in
                    var launch = scenario.launch(url: scenario.url(port: proxy.port))
                    // The shutdown waits for incomplete bodies until the request timeout.
                    launch.prefix = ["HOURGLASS_REQUEST_TIMEOUT=5"]
                    let ended = try await HourglassProcess.with(launch) { server in
                        try await scenario.freshEvent()
                        // Keeps some requests waiting for their commit.
                        proxy.delayAnswers(by: .milliseconds(300))
                        return try await scenario.underLoad {
                            try await endWithFragments(server, scenario.ledger)
                        }
                    }
                    #expect(ended.status == .exited(0))
                    let duration = ended.result.duration(to: .now)
                    scenario.note("ended after \(duration.text)")
                    #expect(duration < .seconds(10))
                }
                try await scenario.withServer { _ in }
            }
        }

        /// Sends SIGTERM amid incomplete requests; returns the time of the signal.
        private func endWithFragments(
            _ server: HourglassProcess,
            _ ledger: Ledger
        ) async throws -> ContinuousClock.Instant {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for fragment in Self.fragments {
                    group.addTask {
                        try await RawConversation.with(port: server.port) { conversation in
                            try await conversation.send(fragment)
                            _ = try await conversation.rest()
                        }
                    }
                }
                group.addTask { try await pipeline(ledger, port: server.port) }
                // Long enough for all of them to be under way.
                try await Task.sleep(for: .seconds(1))
                server.send(SIGTERM)
                let start = ContinuousClock.now
                try await group.waitForAll()
                return start
            }
        }

        /// Sends groups of pipelined events until the connection ends.
        private func pipeline(_ ledger: Ledger, port: Int) async throws {
            try await RawConversation.with(port: port) { conversation in
                var sent: [Int] = []
                var answered = 0
                while true {
                    let numbers = (0..<3).flatMap { _ in ledger.issue(1) }
                    sent += numbers
                    try await conversation.send(numbers.map { LedgerEvent($0, of: ledger).request }.joined())
                    let answers = try await conversation.answers(sent.count)
                    for (number, answer) in zip(sent, answers).dropFirst(answered) {
                        let range = number..<number + 1
                        answer.status == 204 ? try ledger.acknowledge(range) : ledger.refuse(range)
                    }
                    answered = answers.count
                    guard answers.count == sent.count else { return }
                }
            }
        }
    }
}

extension LedgerEvent {
    fileprivate var request: String {
        "POST \(target) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
    }
}
