import HTTP
import NIOCore
import NIOHTTP1
import Support
import Testing

/// Connections of a server without a database.
@Suite(.timeLimit(.minutes(5)))
struct ConnectionTests {
    private static func request(_ id: Int, _ line: String, _ fields: String = "", body: String = "") -> String {
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        return "\(line) HTTP/1.1\r\nHost: a\r\nX-Request-Id: \(id)\r\n\(fields)\(length)\r\n\(body)"
    }

    @Test(arguments: 0..<5)
    func answersComeInTheOrderOfTheRequests(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let kinds = (0..<200).map { _ in Int.random(in: 0...4, using: &random) }
        let requests = kinds.enumerated().map { id, kind in
            switch kind {
            case 0, 1: Self.request(id, "POST /fast")
            case 2: Self.request(id, "POST /login", body: "abc")
            case 3: Self.request(id, "GET /sites/x")
            default: Self.request(id, "DELETE /nowhere")
            }
        }
        try await EchoServer.with { port in
            let answers = try await RawConversation.with(port: port) { conversation in
                try await conversation.send(requests.joined())
                conversation.finish()
                return try await conversation.rest()
            }
            #expect(answers.map { $0["X-Request-Id"] } == (0..<200).map { "\($0)" })
            #expect(answers.map(\.status) == kinds.map { [204, 204, 200, 200, 404][$0] })
        }
    }

    @Test func theShortcutIsUsedWhileTheRouterIsIdle() async throws {
        try await EchoServer.with { port in
            try await HTTPConversation.with(port: port) { conversation in
                let fast = try await conversation.ask(.POST, "/fast")
                let slow = try await conversation.ask(.POST, "/fast", ["Expect": "nothing"])
                #expect([fast, slow].map(\.status) == [204, 204])
                #expect([fast, slow].map { $0["Server"] } == [nil, "router"])
            }
        }
    }

    /// The full queue of one route does not delay requests for another.
    @Test func aFullQueueRefusesNoLogin() async throws {
        var settings = HTTPSettings()
        settings.bodyWait = .milliseconds(50)
        try await EchoServer.with(settings, routes: EchoServer.routes { true }) { port in
            try await HTTPConversation.with(port: port) { conversation in
                let event = try await conversation.ask(.POST, "/events", body: "event")
                #expect(event.status == 503)
                #expect(event.body.contains("the queue is full"))
                let login = try await conversation.ask(.POST, "/login", body: "secret")
                #expect(login.status == 200)
                #expect(login.body == "secret")
            }
        }
    }

    @Test func aWaitingBodyIsReadWhenItIsAdmitted() async throws {
        let full = Flag(isSet: true)
        var settings = HTTPSettings()
        settings.bodyWait = .minutes(5)
        try await EchoServer.with(settings, routes: EchoServer.routes { full.isSet }) { port in
            try await RawConversation.with(port: port) { waiting in
                try await waiting.send(Self.request(1, "POST /events", body: "event"))
                // By the time of this answer the other request waits.
                let login = try await HTTPConversation.with(port: port) {
                    try await $0.ask(.POST, "/login", body: "x")
                }
                #expect(login.status == 200)
                full.set(false)
                #expect(try await waiting.answers(1).map(\.status) == [200])
            }
        }
    }

    @Test func aPathMayHaveParameters() async throws {
        try await EchoServer.with { port in
            try await HTTPConversation.with(port: port) { conversation in
                #expect(try await conversation.ask(.GET, "/sites/a%20b?x=y").body == "a b")
                #expect(try await conversation.ask(.GET, "/sites/").status == 404)
                let refused = try await conversation.ask(.POST, "/sites/a")
                #expect(refused.status == 405)
                #expect(refused["Allow"] == "GET, HEAD, OPTIONS")
            }
        }
    }

    @Test func aRequestKnowsItsClient() async throws {
        try await EchoServer.with { port in
            try await HTTPConversation.with(port: port) { conversation in
                let client = try await conversation.ask(.GET, "/me")
                #expect(client.body == "127.0.0.1")
                let reason = try await conversation.ask(.GET, "/why", ["X-Forwarded-For": "6.6.6.6"])
                let text = "the peer 127.0.0.1 is not a trusted proxy, so its header X-Forwarded-For is ignored"
                #expect(reason.body == text)
            }
        }
    }

    @Test func anUnchangedAssetIsNotSentAgain() async throws {
        try await EchoServer.with { port in
            try await HTTPConversation.with(port: port) { conversation in
                let first = try await conversation.ask(.GET, "/style.css")
                #expect(first.status == 200)
                #expect(first["Content-Type"] == "text/css")
                #expect(first["Cache-Control"] == "no-cache")
                #expect(first.body == "body {}")
                let tag = try #require(first["ETag"])
                for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                    let again = try await conversation.ask(.GET, "/style.css", ["If-None-Match": known])
                    #expect(again.status == 304)
                    #expect(again["ETag"] == tag)
                    #expect(again.body.isEmpty)
                }
                #expect(try await conversation.ask(.GET, "/style.css", ["If-None-Match": "\"other\""]).status == 200)
                let head = try await conversation.ask(.HEAD, "/style.css")
                #expect(head["Content-Length"] == "7")
                #expect(head.body.isEmpty)
            }
        }
    }

    @Test func onlyARouteWithAPolicyAllowsOtherOrigins() async throws {
        try await EchoServer.with { port in
            try await HTTPConversation.with(port: port) { conversation in
                let preflight: HTTPHeaders = [
                    "Origin": "https://a.example", "Access-Control-Request-Method": "POST",
                ]
                let allowed = try await conversation.ask(.OPTIONS, "/events", preflight)
                #expect(allowed.status == 204)
                #expect(allowed["Access-Control-Allow-Origin"] == "https://a.example")
                #expect(allowed["Access-Control-Allow-Methods"] == "OPTIONS, POST")
                #expect(allowed["Access-Control-Allow-Headers"] == "Content-Type")
                #expect(allowed["Vary"] == "Origin")
                let stranger: HTTPHeaders = [
                    "Origin": "https://b.example", "Access-Control-Request-Method": "POST",
                ]
                let refused = try await conversation.ask(.OPTIONS, "/events", stranger)
                #expect(refused["Access-Control-Allow-Origin"] == nil)
                #expect(refused["Access-Control-Allow-Methods"] == nil)
                let own = try await conversation.ask(.OPTIONS, "/login", preflight)
                #expect(own["Access-Control-Allow-Origin"] == nil)
                let posted = try await conversation.ask(.POST, "/events", ["Origin": "https://a.example"], body: "x")
                #expect(posted["Access-Control-Allow-Origin"] == "https://a.example")
            }
        }
    }
}
