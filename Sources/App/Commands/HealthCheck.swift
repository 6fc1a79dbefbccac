import ArgumentParser
import Assembly
import HTTP
import NIOCore
import NIOPosix
import NIOSSL
import Server
import SystemPackage
import Terminal

/// Asks a running server whether it is ready, for container health checks.
struct HealthCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Exit with 0 if the server on this machine is ready, else with 1."
    )

    @OptionGroup var server: ServerFlags

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let settings = try Settings(Configured(flags: server.values))
        let (http, hasTLS) = (settings.server.http, settings.hasCertificate)
        let host = http.host == "0.0.0.0" || http.host == "::" ? "127.0.0.1" : http.host
        do {
            // The check speaks for itself, as the health checks of proxies do.
            let start = http.clients.expectsProxyHeader ? "PROXY UNKNOWN\r\n" : ""
            let channel = try await connect(http, host, hasTLS: hasTLS, after: start)
            let answer = try await firstLine(of: channel, host: "\(host):\(http.port)")
            let isReady = answer.hasPrefix("HTTP/1.1 200")
            show(["ready": .bool(isReady), "answer": .text(answer)], answer)
            guard isReady else { throw ExitCode.failure }
        } catch let error where !(error is ExitCode) {
            let text = "no answer from \(http.socket?.path.string ?? "\(host):\(http.port)"): \(error)"
            show(["ready": .bool(false), "error": .text(text)], text)
            throw ExitCode.failure
        }
    }

    private func show(_ members: JSON.Members, _ text: String) {
        print(json ? JSON.object(members).description : text)
    }

    /// Connects to the server.
    ///
    /// - Parameters:
    ///   - http: Its settings.
    ///   - host: The address to connect to, unless it has a Unix socket.
    ///   - hasTLS: True if it serves by TLS.
    ///   - start: The first bytes, before those of TLS.
    /// - Returns: The connection.
    /// - Throws: The error of the connection.
    private func connect(
        _ http: HTTPSettings,
        _ host: String,
        hasTLS: Bool,
        after start: String
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        var tls = TLSConfiguration.makeClientConfiguration()
        // The certificate has the name of the public address, and this machine is asked by its own.
        tls.certificateVerification = .none
        let context = hasTLS ? try NIOSSLContext(configuration: tls) : nil
        let setUp: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if !start.isEmpty { try pipeline.addHandler(Greeting(text: start)) }
                if let context { try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil)) }
                // Closes the connection if the server sends nothing for this time.
                try pipeline.addHandlers(IdleStateHandler(readTimeout: .seconds(5)), CloseWhenSilent())
                return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(.seconds(5))
        guard let path = http.socket?.path.string else {
            return try await bootstrap.connect(host: host, port: http.port, channelInitializer: setUp)
        }
        return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: setUp)
    }

    private func firstLine(
        of channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
        host: String
    ) async throws -> String {
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(
                ByteBuffer(string: "GET /readyz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
            )
            for try await bytes in inbound {
                return String(String(buffer: bytes).prefix { $0 != "\r\n" })
            }
            throw ChannelError.ioOnClosedChannel
        }
    }
}

/// Sends the first bytes of a connection, before those of the handlers behind it.
private final class Greeting: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: String

    init(text: String) { self.text = text }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        context.fireChannelActive()
    }
}
