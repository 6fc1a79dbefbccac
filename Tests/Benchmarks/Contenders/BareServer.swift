import ArgumentParser
import NIOCore
import NIOHTTP1
import NIOPosix
import SystemPackage

/// An HTTP server that does no work, which gives the limit of SwiftNIO alone.
struct BareServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare-server",
        abstract: "Answer every request 204, with SwiftNIO and nothing else.",
        shouldDisplay: false
    )

    func run() async throws {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(NoContent())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try announce(port: channel.localAddress?.port ?? 0)
        try await channel.closeFuture.get()
    }
}

/// Prints the ready line with the port of a server, which `ServerProcess` reads.
func announce(port: Int) throws {
    try FileDescriptor.standardError.writeAll(Array("ready at \(ServerProcess.readyMark)\(port)\n".utf8))
}

private final class NoContent: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .noContent))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
