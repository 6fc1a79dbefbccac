import HTTP
import NIOCore
import NIOHTTP1
import Postgres
import Schema
import Server
import Store
import Support
import Testing

/// Requests beyond the rate are refused for the gate and the router alike, and in order.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct RateLimiterTests {
    private static let event = "POST /analytics?timestamp=1&user=a&event=click HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let report = "GET /analytics?timestamp=1 HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let last = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    private static let bulk =
        "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 31\r\n\r\n"
        + "timestamp,user,event\n1,a,click\n"

    @Test func requestsBeyondTheBurstAreRefusedInOrder() async throws {
        // The next token is due after a second, by when all of these requests have arrived.
        try await withRate(burst: 3) { server in
            let requests = [Self.event, Self.report, Self.event, Self.event, Self.report, Self.bulk]
            let answers = try await send(requests, server)
            #expect(answers.map(\.status) == [204, 200, 204, 429, 429, 429, 200])
            #expect(try await server.database.count(.events) == 2)
        }
    }

    /// In an order in which each answer has to wait for an earlier one.
    @Test func aRefusalWaitsForEarlierAnswers() async throws {
        try await withRate(burst: 1) { server in
            let blocker = try await server.blocker()
            let answers = try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(Self.event + Self.bulk + Self.report + Self.health + Self.event + Self.last)
                try await server.waits(for: 1)
                try await blocker.run("COMMIT")
                return try await conversation.rest()
            }
            #expect(answers.map(\.status) == [204, 429, 429, 200, 429, 200])
            #expect(try await server.database.count(.events) == 1)
            await blocker.close()
        }
    }

    @Test func theAnswerHasRetryAfter() async throws {
        try await withRate(burst: 1) { server in
            let answers = try await send([Self.report, Self.report, Self.event], server)
            for answer in answers[1...2] {
                #expect(answer.status == 429)
                #expect(answer["Retry-After"] == "1")
                #expect(answer["RateLimit"] == #""address";r=0;t=1"#)
                #expect(answer["RateLimit-Policy"] == #""address";q=1;w=1"#)
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(answer["X-Request-Id"] != nil)
                #expect(answer["Date"] != nil)
                #expect(answer["Connection"] == nil)
            }
        }
    }

    @Test func aRefusedLastRequestClosesTheConnection() async throws {
        try await withRate(burst: 1) { server in
            let last = Self.report.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
            let answers = try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(Self.report + last + Self.event)
                return try await conversation.rest()
            }
            #expect(answers.map(\.status) == [200, 429])
            #expect(answers.last?["Connection"] == "close")
        }
    }

    @Test func refusalsAreCounted() async throws {
        try await withRate(burst: 1) { server in
            _ = try await send([Self.report, Self.report, Self.event], server)
            try await server.database.run("SELECT pg_sleep(1.1)")
            let metrics = try await server.ask(.GET, "/metrics").body
            for method in ["GET", "POST"] {
                let line = #"hourglass_http_requests_total{route="/analytics",method="\#(method)",status="429"} 1"#
                #expect(metrics.contains(line + "\n"))
            }
        }
    }

    /// Sends requests over one connection, with a last one that is never refused.
    private func send(_ requests: [String], _ server: RunningServer) async throws -> [RawAnswer] {
        try await RawConversation.with(port: server.port) { conversation in
            try await conversation.send(requests.joined() + Self.last)
            return try await conversation.rest()
        }
    }

    private func withRate(burst: Int, _ body: @Sendable (RunningServer) async throws -> Void) async throws {
        var settings = ServerSettings()
        settings.http.rate = Rate(perSecond: 1, burst: burst)
        try await RunningServer.with(.postgres, settings, body)
    }
}
