import FoundationEssentials
import HTTP
import NIOCore
import NIOSSL
import Support
import Synchronization
import SystemPackage
import Testing

/// TLS with certificates from files.
@Suite(.timeLimit(.minutes(5)))
struct CertificateTests {
    /// The files of a pair, in a directory of the test.
    private struct Files {
        let chain: FilePath
        let key: FilePath

        init(in scratch: FilePath) {
            chain = scratch.removingLastComponent().appending("chain.pem")
            key = scratch.removingLastComponent().appending("key.pem")
        }

        func write(_ chain: String, _ key: String, permissions: Int = 0o600) throws {
            try Data(chain.utf8).write(to: URL(filePath: self.chain.string))
            try Data(key.utf8).write(to: URL(filePath: self.key.string))
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: self.key.string)
        }

        func certificate() throws -> ServerCertificate { try ServerCertificate(chain: chain, key: key) }
    }

    /// A client that keeps the certificate that it is shown.
    private final class Client: Sendable {
        private let context: NIOSSLContext
        private let shown = Mutex<NIOSSLCertificate?>(nil)

        init() throws {
            var configuration = TLSConfiguration.makeClientConfiguration()
            // The callback looks at the certificate; no name is asked for.
            configuration.certificateVerification = .noHostnameVerification
            context = try NIOSSLContext(configuration: configuration)
        }

        func handlers() -> [any ChannelHandler] {
            let verify: NIOSSLCustomVerificationCallback = { chain, promise in
                self.shown.withLock { $0 = chain.first }
                promise.succeed(.certificateVerified)
            }
            guard
                let handler = try? NIOSSLClientHandler(
                    context: context,
                    serverHostname: nil,
                    customVerificationCallback: verify
                )
            else { return [] }
            return [handler]
        }

        /// Sends bytes over a connection of its own; returns the answers.
        func ask(_ port: Int, _ text: String) async throws -> [RawAnswer] {
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            return try await RawConversation.with(to: address, handlers: handlers) { conversation in
                try await conversation.send(text)
                return try await conversation.rest()
            }
        }

        /// True if the server has shown the certificate of a pair.
        func saw(_ pair: Certificates.Pair) throws -> Bool {
            let expected = try NIOSSLCertificate(bytes: Array(pair.chain.utf8), format: .pem)
            return shown.withLock { $0 == expected }
        }
    }

    private static func request(_ line: String, body: String = "") -> String {
        "\(line) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    /// Runs a server with the pair `one`.
    private func withServer(
        _ change: (inout HTTPSettings) throws -> Void = { _ in },
        _ body: @Sendable (Int, Files, ServerCertificate) async throws -> Void
    ) async throws {
        try await withScratch { scratch in
            let files = Files(in: scratch)
            try files.write(Certificates.one.chain, Certificates.one.key)
            let certificate = try files.certificate()
            var settings = HTTPSettings()
            settings.certificate = certificate
            try change(&settings)
            try await EchoServer.with(settings) { port in try await body(port, files, certificate) }
        }
    }

    @Test func requestsAreAnsweredByTLS() async throws {
        try await withServer { port, _, _ in
            let client = try Client()
            let fast = "POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
            let answers = try await client.ask(port, fast + fast + Self.request("POST /login", body: "secret"))
            #expect(answers.map(\.status) == [204, 204, 200])
            #expect(answers.last?.body == "secret")
            #expect(try client.saw(Certificates.one))
        }
    }

    /// More than a record of TLS, and than a piece that the server reads.
    @Test func largeBodiesArriveWhole() async throws {
        try await withServer { port, _, _ in
            let body = String(repeating: "0123456789abcdef", count: 50_000)
            let answers = try await Client().ask(port, Self.request("POST /login", body: body))
            #expect(answers.first?.body == body)
        }
    }

    @Test func aReloadChangesTheCertificateOfNewConnections() async throws {
        try await withServer { port, files, certificate in
            let client = try Client()
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            try await RawConversation.with(to: address, handlers: client.handlers) { conversation in
                try await conversation.send("POST /fast HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await conversation.answers(1)
                #expect(try client.saw(Certificates.one))
                try files.write(Certificates.two.chain, Certificates.two.key)
                try certificate.reload()
                let answers = try await client.ask(port, Self.request("GET /me"))
                #expect(answers.map(\.body) == ["127.0.0.1"])
                #expect(try client.saw(Certificates.two))
                // The connection that was there goes on.
                try await conversation.send(Self.request("GET /me"))
                #expect(try await conversation.rest().last?.body == "127.0.0.1")
            }
        }
    }

    @Test func aBrokenPairLeavesTheFormerInUse() async throws {
        try await withServer { port, files, certificate in
            let client = try Client()
            let (one, two) = (Certificates.one, Certificates.two)
            for (chain, key, reason) in [
                (two.chain, one.key, "is not that of the first certificate in"), ("", one.key, "has no certificate"),
                (one.chain, "", "has no private key"), (one.chain, one.chain, "has no private key"),
                (String(one.chain.dropLast(100)), one.key, "has no certificate"),
            ] {
                try files.write(chain, key)
                let error = try #require(throws: CertificateFailure.self) { try certificate.reload() }
                #expect("\(error)".contains(reason), "\(error)")
                #expect(try await client.ask(port, Self.request("GET /me")).map(\.status) == [200])
                #expect(try client.saw(one))
            }
            try FileManager.default.removeItem(atPath: files.key.string)
            #expect(throws: CertificateFailure.self) { try certificate.reload() }
        }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o666])
    func aKeyThatOthersReadIsRefused(permissions: Int) async throws {
        try await withScratch { scratch in
            let files = Files(in: scratch)
            try files.write(Certificates.one.chain, Certificates.one.key, permissions: permissions)
            let owner = try FileManager.default.attributesOfItem(atPath: files.key.string)[.ownerAccountID] as? Int
            // The group of root's own file is one that root has chosen.
            if owner == 0, permissions == 0o640 {
                _ = try files.certificate()
            } else {
                let error = try #require(throws: CertificateFailure.self) { _ = try files.certificate() }
                #expect("\(error)".contains("can be read by others"))
            }
        }
    }

    @Test func whatIsNoTLSIsClosed() async throws {
        try await withServer { port, _, _ in
            let answers = try await RawConversation.with(port: port) { conversation in
                try await conversation.send(Self.request("GET /me"))
                return try await conversation.rest()
            }
            #expect(answers.isEmpty)
            #expect(try await Client().ask(port, Self.request("GET /me")).map(\.status) == [200])
        }
    }

    @Test func aHandshakeThatNeverEndsIsClosed() async throws {
        try await withServer { settings in
            settings.requestTimeout = .milliseconds(100)
        } _: { port, _, _ in
            let answers = try await RawConversation.with(port: port) { conversation in
                // The beginning of a record.
                try await conversation.send([22, 3, 1])
                return try await conversation.rest()
            }
            #expect(answers.isEmpty)
        }
    }

    @Test func aProxyHeaderStandsBeforeTLS() async throws {
        try await withServer { settings in
            settings.clients.proxies = try TrustedProxies(parsing: "loopback")
            settings.clients.expectsProxyHeader = true
        } _: { port, _, _ in
            let client = try Client()
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            let handlers: @Sendable () -> [any ChannelHandler] = { [FirstBytes()] + client.handlers() }
            let answers = try await RawConversation.with(to: address, handlers: handlers) { conversation in
                try await conversation.send(Self.request("GET /me"))
                return try await conversation.rest()
            }
            #expect(answers.map(\.body) == ["192.0.2.1"])
        }
    }
}

/// Sends a PROXY header before anything else.
private final class FirstBytes: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelActive(context: ChannelHandlerContext) {
        let header = ByteBuffer(string: "PROXY TCP4 192.0.2.1 198.51.100.1 56324 80\r\n")
        context.writeAndFlush(wrapOutboundOut(header), promise: nil)
        context.fireChannelActive()
    }
}
