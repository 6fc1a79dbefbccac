import HTTP
import NIOCore
import Support
import Testing

/// Connections of proxies on this machine.
@Suite(.timeLimit(.minutes(5)))
struct ProxyConnectionTests {
    private static let unknown = "PROXY UNKNOWN\r\n"
    private static let line = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 80\r\n"
    private static let binary: [UInt8] =
        [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11, 0, 12]
        + [192, 0, 2, 2, 198, 51, 100, 1, 0xDC, 4, 0, 80]

    private static func get(_ path: String, _ client: String? = nil, isLast: Bool = false) -> String {
        let header = client.map { "X-Forwarded-For: \($0)\r\n" } ?? ""
        return "GET \(path) HTTP/1.1\r\nHost: a\r\n\(header)\(isLast ? "Connection: close\r\n" : "")\r\n"
    }

    private static func settings(_ proxies: String, isProxyHeaderExpected: Bool = false) throws -> HTTPSettings {
        var settings = HTTPSettings()
        settings.clients.proxies = proxies.isEmpty ? TrustedProxies() : try TrustedProxies(parsing: proxies)
        settings.clients.expectsProxyHeader = isProxyHeaderExpected
        return settings
    }

    /// Sends bytes over one connection, the last of which end it; returns the bodies of the answers.
    private static func bodies(_ settings: HTTPSettings, _ pieces: [[UInt8]]) async throws -> [String] {
        try await EchoServer.with(settings) { port in
            try await RawConversation.with(port: port) { conversation in
                for piece in pieces { try await conversation.send(piece) }
                return try await conversation.rest().map(\.body)
            }
        }
    }

    // MARK: Headers

    @Test(arguments: [("", "127.0.0.1"), ("private", "127.0.0.1"), ("loopback", "192.0.2.1")])
    func aHeaderCountsIfThePeerIsTrusted(proxies: String, client: String) async throws {
        let request = Self.get("/me", "6.6.6.6, 192.0.2.1", isLast: true)
        let bodies = try await Self.bodies(Self.settings(proxies), [Array(request.utf8)])
        #expect(bodies == [client])
    }

    @Test func otherHeadersAreNotRead() async throws {
        var settings = try Self.settings("loopback")
        settings.clients.header = try #require(ClientHeader("X-Real-IP"))
        let requests = [
            "GET /me HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n\r\n",
            "GET /me HTTP/1.1\r\nHost: a\r\nx-real-ip: 192.0.2.1\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n",
            "GET /me HTTP/1.1\r\nHost: a\r\nX-Real-IP: 6.6.6.6\r\nX-Real-IP: 192.0.2.1\r\nConnection: close\r\n\r\n",
        ]
        let bodies = try await Self.bodies(settings, [Array(requests.joined().utf8)])
        #expect(bodies == ["127.0.0.1", "192.0.2.1", "127.0.0.1"])
    }

    @Test func eachRequestHasItsOwnClient() async throws {
        let clients = (0..<50).map { $0 % 3 == 0 ? nil : "192.0.2.\($0)" }
        let requests = clients.map { Self.get("/me", $0) }.joined() + Self.get("/me", "2001:DB8::0:1", isLast: true)
        let bodies = try await Self.bodies(Self.settings("loopback"), [Array(requests.utf8)])
        #expect(bodies == clients.map { $0 ?? "127.0.0.1" } + ["2001:db8::1"])
    }

    // MARK: PROXY protocol

    @Test(arguments: [
        (Array(line.utf8), "192.0.2.1"), (binary, "192.0.2.2"), (Array(unknown.utf8), "127.0.0.1"),
    ])
    func aPROXYHeaderNamesTheClientOfAllRequests(header: [UInt8], client: String) async throws {
        let settings = try Self.settings("loopback", isProxyHeaderExpected: true)
        let requests = Array((Self.get("/me") + Self.get("/me", "6.6.6.6") + Self.get("/me", isLast: true)).utf8)
        let expected = [client, client, client]
        let whole = try await Self.bodies(settings, [header + requests])
        #expect(whole == expected)
        let apart = try await Self.bodies(settings, [header, requests])
        #expect(apart == expected)
        let single = try await Self.bodies(settings, (header + requests).map { [$0] })
        #expect(single == expected)
    }

    @Test func aProxyThatAPROXYHeaderNamesIsBelieved() async throws {
        let settings = try Self.settings("loopback,192.0.2.1", isProxyHeaderExpected: true)
        let request = Self.line + Self.get("/me", "192.0.2.77", isLast: true)
        #expect(try await Self.bodies(settings, [Array(request.utf8)]) == ["192.0.2.77"])
    }

    @Test(arguments: [
        ("loopback", get("/me")), ("loopback", "PROXY TCP4 192.0.2.1\r\n" + get("/me")), ("loopback", "x"),
        ("loopback", "PROXY " + String(repeating: "x", count: 200)), ("private", line + get("/me")),
        ("loopback", line + line + get("/me")),
    ])
    func otherConnectionsAreClosed(proxies: String, bytes: String) async throws {
        let settings = try Self.settings(proxies, isProxyHeaderExpected: true)
        let answers = try await EchoServer.with(settings) { port in
            try await RawConversation.with(port: port) { conversation -> [RawAnswer] in
                do { try await conversation.send(bytes) } catch {
                    // The server has closed the connection already.
                    return []
                }
                return try await conversation.rest()
            }
        }
        // A second header is no request.
        #expect(answers.map(\.status) == (bytes.hasPrefix(Self.line + Self.line) ? [400] : []))
    }

    @Test func aClientWithoutAHeaderMayNotKeepSilent() async throws {
        let settings = try Self.settings("loopback", isProxyHeaderExpected: true)
        try await EchoServer.with(settings) { port in
            try await RawConversation.with(port: port) { conversation in
                try await conversation.send("PROXY TC")
                conversation.finish()
                #expect(try await conversation.rest().isEmpty)
            }
        }
    }

    /// The deadline of a request counts for a header too, and not for the pause behind it.
    @Test func aHeaderHasToArriveInTime() async throws {
        var settings = try Self.settings("loopback", isProxyHeaderExpected: true)
        settings.requestTimeout = .milliseconds(300)
        try await EchoServer.with(settings) { port in
            try await RawConversation.with(port: port) { patient in
                try await patient.send(Self.line)
                for start in ["P", "PROXY TCP4 192.0.2.1 "] {
                    try await RawConversation.with(port: port) { slow in
                        try await slow.send(start)
                        #expect(try await slow.rest().map(\.status) == [408])
                    }
                }
                try await patient.send(Self.get("/me"))
                #expect(try await patient.answers(1).map(\.body) == ["192.0.2.1"])
            }
        }
    }

    @Test func theRequestBehindAHeaderHasToArriveInTime() async throws {
        var settings = try Self.settings("loopback", isProxyHeaderExpected: true)
        settings.requestTimeout = .milliseconds(300)
        try await EchoServer.with(settings) { port in
            try await RawConversation.with(port: port) { slow in
                try await slow.send(Self.line + "GET /me HT")
                #expect(try await slow.rest().map(\.status) == [408])
            }
        }
    }

    // MARK: Rate limit

    /// The next token is due after a second, by when all of these requests have arrived.
    @Test(arguments: [
        ("loopback", [200, 200, 429, 204, 429, 200, 429]), ("", [200, 429, 429, 429, 429, 429, 429]),
    ])
    func theRateOfAProxyIsCountedByItsClients(proxies: String, statuses: [Int]) async throws {
        var settings = try Self.settings(proxies)
        settings.rate = Rate(perSecond: 1, burst: 1)
        let requests = [
            Self.get("/me", "192.0.2.1"), Self.get("/me", "6.6.6.6, 192.0.2.2"), Self.get("/me", "192.0.2.1"),
            "POST /fast HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 2001:db8::1\r\n\r\n",
            "POST /fast HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 2001:db8::2\r\n\r\n", Self.get("/me"),
            Self.get("/me", "_x", isLast: true),
        ]
        let answers = try await EchoServer.with(settings) { port in
            try await RawConversation.with(port: port) { conversation in
                try await conversation.send(requests.joined())
                return try await conversation.rest()
            }
        }
        #expect(answers.map(\.status) == statuses)
    }

    @Test func theRateIsCountedByTheClientOfThePROXYHeader() async throws {
        var settings = try Self.settings("loopback", isProxyHeaderExpected: true)
        settings.rate = Rate(perSecond: 1, burst: 1)
        let requests = Array((Self.get("/me", "192.0.2.8") + Self.get("/me", "192.0.2.9", isLast: true)).utf8)
        try await EchoServer.with(settings) { port in
            for header in [Array(Self.line.utf8), Self.binary] {
                let answers = try await RawConversation.with(port: port) { conversation in
                    try await conversation.send(header + requests)
                    return try await conversation.rest()
                }
                #expect(answers.map(\.status) == [200, 429])
            }
        }
    }
}
