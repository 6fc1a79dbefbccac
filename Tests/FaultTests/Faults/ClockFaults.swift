import Foundation
import NIOHTTP1
import Support
import Testing

extension Faults {
    /// The clock of the server jumps while it runs.
    @Suite struct ClockFaults {
        /// Offsets in seconds: an hour ahead, an hour behind, a day ahead, beyond the 32-bit limit in 2038, and none.
        private static let jumps = [3_600, -3_600, 86_400, 2_147_483_660 - Int(Date.now.timeIntervalSince1970), 0]

        @Test(.timeLimit(.minutes(3)))
        func jumpsLoseNothing() async throws {
            try await Scenario.run("clock jumps") { scenario in
                let clock = try await FakeClock(in: scenario.directory)
                try await scenario.withServer(scenario.launch(prefix: clock.prefix)) { _ in
                    try await scenario.underLoad {
                        for jump in Self.jumps {
                            try clock.jump(to: jump)
                            try await eventually {
                                let expected = Date.now.addingTimeInterval(Double(jump))
                                return abs(try await date(port: scenario.port).timeIntervalSince(expected)) < 5
                            }
                            scenario.note("\(jump) s")
                            try await Task.sleep(for: .milliseconds(Extent.of(full: 3_000, short: 500)))
                        }
                    }
                }
            }
        }

        /// The time of the server's clock.
        private func date(port: Int) async throws -> Date {
            let answer = try await HTTPConversation.with(port: port) { try await $0.ask(.GET, "/healthz") }
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
            return try #require(format.date(from: answer["Date"] ?? ""))
        }
    }
}
