import Foundation
import NIOHTTP1
import Support

/// An answer of `/readyz`.
struct ReadinessReport: Decodable {
    struct Check: Decodable {
        let status: String
        let detail: String?
    }

    let status: String
    let checks: [String: Check]

    /// The reason that no event can be stored; nil if the check succeeds.
    var writingObstacle: String? {
        checks["writing"].flatMap { $0.status == "failed" ? $0.detail ?? "" : nil }
    }
}

extension Scenario {
    /// Queries the readiness of the server.
    func readiness() async throws -> ReadinessReport {
        let answer = try await HTTPConversation.with(port: port) { try await $0.ask(.GET, "/readyz") }
        return try JSONDecoder().decode(ReadinessReport.self, from: Data(answer.body.utf8))
    }

    /// Waits until the server reports that it cannot write.
    ///
    /// - Returns: That report and the time until it, or the last report after ten seconds.
    func unreadiness() async throws -> (report: ReadinessReport, after: Duration) {
        let start = ContinuousClock.now
        while true {
            let report = try await readiness()
            let duration = start.duration(to: .now)
            if report.writingObstacle != nil || duration > .seconds(10) { return (report, duration) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
