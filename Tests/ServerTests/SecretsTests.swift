import NIOHTTP1
import Schema
import Store
import Support
import Testing

/// Secrets and user data that must not appear in the log, in metrics or in an answer.
@Suite(.needsPostgres)
struct SecretsTests {
    private static let password = "planted-password"
    private static let link = "hgl_planted" + String(repeating: "A", count: 36)
    private static let secrets = [password, "planted-token", "planted-cookie", "planted-user", link]

    private static let headers: HTTPHeaders = [
        "Authorization": "Bearer planted-token", "Cookie": "session=planted-cookie", "X-Request-Id": "ours",
    ]

    private static let requests: [(HTTPMethod, String)] = [
        (.POST, "/analytics?timestamp=1223567997&user=planted-user&event=click"),
        (.POST, "/analytics?timestamp=x&user=planted-user&event=click"),
        (.POST, "/analytics?timestamp=1223567997&user=planted-user%00&event=click"),
        (.GET, "/analytics?timestamp=1223567999&user=planted-user"),
        (.GET, "/analytics?timestamp=planted-user"),
        (.GET, "/nowhere?user=planted-user"),
        (.DELETE, "/analytics?user=planted-user"), (.GET, "/api/v1/stats?site=default&share=\(link)"),
        (.GET, "/api/v1/stats?site=default&share=\(link)%FF"), (.GET, "/analytics?timestamp=1&share=\(link)"),
        (.GET, "/readyz"), (.GET, "/healthz"), (.GET, "/metrics"), (.GET, "/openapi.json"),
    ]

    @Test func areNeverShown() async throws {
        try await withScratch { spool in
            try await withDatabase(.postgres) { database in
                let log = CollectingLog()
                // With trust authentication a password is not needed, but may be given.
                let url = database.serverURL + " password=\(Self.password)"
                var launch = HourglassProcess.Launch(["--log-level", "trace"])
                launch.prefix = ["DATABASE_URL=\(url)", "HOURGLASS_SPOOL=\(spool)"]
                launch.log = { log.add($0) }
                let ended = try await HourglassProcess.with(launch) { server in
                    var answers = try await answers(of: server)
                    try await database.breakConnections(allow: false)
                    answers += try await self.answers(of: server)
                    try await database.breakConnections(allow: true)
                    for answer in answers { expectNothing(in: answer) }
                }
                #expect(ended.status == .exited(0))
                #expect(log.entries.contains { $0.contains("request refused") })
                for line in log.entries { expectNothing(in: line) }
            }
        }
    }

    private func answers(of server: HourglassProcess) async throws -> [String] {
        try await HTTPConversation.with(port: server.port) { conversation in
            var answers: [String] = []
            for strict in [false, true] {
                for (method, target) in Self.requests {
                    var headers = Self.headers
                    if strict { headers.add(name: "Prefer", value: "handling=strict") }
                    let answer = try await conversation.ask(method, target, headers)
                    answers.append("\(answer.headers) \(answer.body)")
                }
            }
            return answers
        }
    }

    private func expectNothing(in text: String) {
        for secret in Self.secrets { #expect(!text.contains(secret), "\(text)") }
    }
}
