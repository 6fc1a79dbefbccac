import ArgumentParser
import Assembly
import HTTP
import NIOCore
import NIOPosix
import Server
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
        let settings = try Settings(Configured(flags: server.values)).server.http
        let host = settings.host == "0.0.0.0" || settings.host == "::" ? "127.0.0.1" : settings.host
        do {
            // The check speaks for itself, as the health checks of proxies do.
            let start = settings.clients.expectsProxyHeader ? "PROXY UNKNOWN\r\n" : ""
            let answer = try await firstLine(host: host, port: settings.port, after: start)
            let isReady = answer.hasPrefix("HTTP/1.1 200")
            show(["ready": .bool(isReady), "answer": .text(answer)], answer)
            guard isReady else { throw ExitCode.failure }
        } catch let error where !(error is ExitCode) {
            let text = "no answer from \(host):\(settings.port): \(error)"
            show(["ready": .bool(false), "error": .text(text)], text)
            throw ExitCode.failure
        }
    }

    private func show(_ members: JSON.Members, _ text: String) {
        print(json ? JSON.object(members).description : text)
    }

    private func firstLine(host: String, port: Int, after start: String) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(5))
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Closes the connection if the server sends nothing for this time.
                    try channel.pipeline.syncOperations.addHandlers(
                        IdleStateHandler(readTimeout: .seconds(5)),
                        CloseWhenSilent()
                    )
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(
                ByteBuffer(
                    string: "\(start)GET /readyz HTTP/1.1\r\nHost: \(host):\(port)\r\nConnection: close\r\n\r\n"
                )
            )
            for try await bytes in inbound {
                return String(String(buffer: bytes).prefix { $0 != "\r\n" })
            }
            throw ChannelError.ioOnClosedChannel
        }
    }
}
