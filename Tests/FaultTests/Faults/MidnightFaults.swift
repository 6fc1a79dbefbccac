import Foundation
import NIOHTTP1
import Postgres
import Support
import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// The date changes while the database is away.
    @Suite struct MidnightFaults {
        private static let headers: HTTPHeaders = [
            "Content-Type": "application/json",
            "User-Agent": RequestShape.agent,
        ]

        /// A client is one visitor of each date, before and after a restart: the salts of dates to come are in the file.
        @Test(.timeLimit(.minutes(3)))
        func visitorsChangeAtMidnight() async throws {
            try await Scenario.run("midnight without a database", spool: .own) { scenario in
                let clock = try await FakeClock(in: scenario.directory)
                let launch = scenario.launch(prefix: clock.prefix)
                let midnight = Self.secondsToMidnight
                let ended = try await HourglassProcess.with(launch) { server in
                    try await scenario.freshEvent()
                    try await scenario.cluster.stop()
                    try clock.jump(to: midnight - 60)
                    for _ in 1...2 { try await send(scenario) }
                    try clock.jump(to: midnight + 60)
                    try await send(scenario)
                    server.send(SIGKILL)
                }
                #expect(ended.status == .killed(by: SIGKILL))
                _ = try await HourglassProcess.with(launch) { _ in
                    try await eventually { try await isTaken(scenario) }
                    try await scenario.cluster.start()
                    try await eventually { try await visitors(scenario).count == 4 }
                }
                let seen = try await visitors(scenario)
                #expect(seen[0] == seen[1])
                #expect(seen[1] != seen[2])
                #expect(seen[2] == seen[3])
                #expect(seen.allSatisfy { $0 != nil })
            }
        }

        /// The time to a midnight (UTC) that is minutes away at least.
        private static var secondsToMidnight: Int {
            let left = 86_400 - Int(Date.now.timeIntervalSince1970) % 86_400
            return left < 300 ? left + 86_400 : left
        }

        private func send(_ scenario: Scenario) async throws {
            let isTaken = try await isTaken(scenario)
            #expect(isTaken)
        }

        /// Sends a page view; false if it is refused.
        private func isTaken(_ scenario: Scenario) async throws -> Bool {
            try await HTTPConversation.with(port: scenario.port) { conversation in
                try await conversation.ask(.POST, "/api/v1/events", Self.headers, body: #"{"site":"default"}"#)
                    .status == 204
            }
        }

        /// The visitors of the stored page views, in order of their times.
        private func visitors(_ scenario: Scenario) async throws -> [String?] {
            try await Connection.with(scenario.administratorURL) { connection in
                try await connection.values("SELECT visitor FROM hourglass.hit ORDER BY ts").map { $0.first ?? nil }
            }
        }
    }
}
