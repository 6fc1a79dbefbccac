import HTTP
import NIOCore
import NIOHTTP1
import Schema
import Server
import Store
import Support
import Testing

/// Invalid input of many kinds.
///
/// The answer is always a refusal, and the next request is served.
@Suite(.needsPostgres)
struct HostileInputTests {
    private static let queries = [
        ("timestamp=1223567997&user=a%00b&event=click", "user: contains a NUL character"),
        ("timestamp=1223567997&user=%ff%fe&event=click", "user: not valid UTF-8"),
        ("timestamp=1223567997&user=%ed%a0%80&event=click", "user: not valid UTF-8"),
        ("timestamp=1223567997&user=%c0%80&event=click", "user: not valid UTF-8"),
        ("timestamp=1223567997&user=%4&event=click", "user: broken percent-encoding"),
        ("timestamp=1223567997&user=\(String(repeating: "u", count: 257))&event=click", "user: longer than 256 bytes"),
        ("timestamp=9223372036854775807&user=a&event=click", "timestamp: out of range"),
        ("timestamp=9223372036854775808&user=a&event=click", "timestamp: out of range"),
        ("timestamp=\(String(repeating: "9", count: 4000))&user=a&event=click", "timestamp: out of range"),
        ("timestamp=4102444800&user=a&event=click", "timestamp: too far in the future"),
        ("timestamp=-1&user=a&event=click", "timestamp: not a whole number in digits 0-9"),
        ("timestamp=1e9&user=a&event=click", "timestamp: not a whole number in digits 0-9"),
        ("timestamp=%D9%A1&user=a&event=click", "timestamp: not a whole number in digits 0-9"),
        ("timestamp=1223567997&user=a&event=Click", "event: neither click nor impression"),
        ("=&&&=&%", "timestamp: missing"),
    ]

    @Test func theInvalidFieldOfAQueryIsNamed() async throws {
        try await RunningServer.with { server in
            for (query, rejection) in Self.queries {
                let lenient = try await server.ask(.POST, "/analytics?\(query)")
                #expect(lenient.status == 204, "\(query)")
                #expect(lenient["Analytics-Rejected"] == rejection)
                let strict = try await server.ask(
                    .POST,
                    "/analytics?\(query)",
                    ["Prefer": "respond-async, handling=strict"]
                )
                #expect(strict.status == 400, "\(query)")
                #expect(strict.body.contains(#""field":"\#(rejection.prefix { $0 != ":" })""#))
                try await expectServing(server)
            }
        }
    }

    private static let objects: [(body: String, rejection: String)] = [
        (#"{"timestamp": 1, "user": "\u0000", "event": "click"}"#, "user: contains a NUL character"),
        (#"{"timestamp": 1, "user": "\ud800", "event": "click"}"#, "user: not valid UTF-8"),
        (#"{"timestamp": 1.0, "user": "a", "event": "click"}"#, "timestamp: not a whole number in digits 0-9"),
        (#"{"timestamp": 1e400, "user": "a", "event": "click"}"#, "timestamp: not a whole number in digits 0-9"),
        (#"{"timestamp": 1, "user": 3, "event": "click"}"#, "user: not a text"),
        (#"{"timestamp": null, "user": "a", "event": "click"}"#, "timestamp: missing"),
        (#"{"timestamp": {"timestamp": 1}, "user": "a", "event": "click"}"#, "timestamp: not a text"),
        (#"{"timestamp": 1, "user": "a", "event": "click""#, "body: malformed JSON"),
        ("\"text\"", "body: not a JSON object"),
        (String(repeating: "{\"a\":", count: 100_000), "body: malformed JSON"),
    ]

    @Test func theInvalidFieldOfAJSONBodyIsNamed() async throws {
        try await RunningServer.with { server in
            for (body, rejection) in Self.objects {
                let answer = try await server.ask(.POST, "/analytics", ["Content-Type": "application/json"], body: body)
                #expect(answer.status == 204, "\(body)")
                #expect(answer["Analytics-Rejected"] == rejection)
                try await expectServing(server)
            }
        }
    }

    @Test func aUserOf64KiBIsRefused() async throws {
        try await RunningServer.with { server in
            let user = String(repeating: "u", count: 65_536)
            let form = try await server.ask(
                .POST,
                "/analytics",
                ["Content-Type": "application/x-www-form-urlencoded"],
                body: "timestamp=1&event=click&user=\(user)"
            )
            #expect(form["Analytics-Rejected"] == "user: longer than 256 bytes")
            // The decoder's limit on a request's head refuses it before `ConnectionGate` gets it.
            let request = "POST /analytics?timestamp=1&event=click&user=\(user) HTTP/1.1\r\nHost: a\r\n\r\n"
            #expect(try await sendRaw(request, port: server.port).hasPrefix("HTTP/1.1 400 "))
            try await expectServing(server)
        }
    }

    private static let invalidKeys: [String] = ["é", "a b", String(repeating: "k", count: 129), ""]

    @Test func anInvalidKeyIsRefused() async throws {
        try await RunningServer.with { server in
            for key in Self.invalidKeys {
                let target = "/analytics?timestamp=1&user=a&event=click"
                let answer = try await server.ask(.POST, target, ["Idempotency-Key": key])
                #expect(answer.status == 400, "\(key)")
                #expect(try await server.database.count(.events) == 0)
            }
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        var settings = ServerSettings()
        settings.http.maximumBody = 1000
        try await RunningServer.with(.postgres, settings) { server in
            let announced =
                "POST /analytics HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/csv\r\n"
                + "Content-Length: 2000\r\n\r\n"
            let answer = try await sendRaw(announced + String(repeating: "x", count: 2000), port: server.port)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            try await expectServing(server)
        }
    }

    /// An endless chunked body is answered once it exceeds the limit, and the connection is closed.
    @Test func anEndlessBodyIsCutOff() async throws {
        var settings = ServerSettings()
        settings.http.maximumBody = 1000
        try await RunningServer.with(.postgres, settings) { server in
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            let request =
                "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 40)
            // The server may close the connection before the client has sent everything.
            let answer = (try? await sendRaw(request, port: server.port)) ?? "HTTP/1.1 413 "
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            try await expectServing(server)
        }
    }

    @Test func aMissingBodyIsAnsweredAndCutOff() async throws {
        var settings = ServerSettings()
        settings.http.requestTimeout = .milliseconds(100)
        try await RunningServer.with(.postgres, settings) { server in
            let request =
                "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 10\r\n\r\nabc"
            #expect(try await sendRaw(request, port: server.port).hasPrefix("HTTP/1.1 408 "))
            try await expectServing(server)
        }
    }

    private func expectServing(_ server: RunningServer) async throws {
        let answer = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click")
        #expect(answer.status == 204)
        #expect(answer["Analytics-Rejected"] == nil)
    }
}
