import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix

/// A socket that accepts connections.
struct ListeningSocket: Sendable {
    private let channel: NIOAsyncChannel<ConnectionChannel.Value, Never>
    private let quiescing: ServerQuiescingHelper
    private let file: UnixSocketFile?

    /// The port; nil for a Unix socket.
    var port: Int? { channel.channel.localAddress?.port }

    /// Opens a listener; its connections wait until `serve`.
    ///
    /// - Parameters:
    ///   - listener: The place to listen on.
    ///   - connections: Sets connections up.
    ///   - maximum: The most connections at the same time; more wait in the kernel's queue.
    ///   - logger: The logger of the server.
    /// - Throws: `UnixSocketFile.Failure`, or the error of the system.
    init(_ listener: Listener, _ connections: ConnectionChannel, maximum: Int, logger: Logger) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        self.quiescing = quiescing
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let limit = MaximumAvailableConnections(maximum, logger: logger)
                    try channel.pipeline.syncOperations.addHandlers(
                        AvailableConnectionsChannelHandler(delegate: limit),
                        quiescing.makeServerChannelHandler(channel: channel)
                    )
                }
            }
        let setUp: @Sendable (any Channel) -> EventLoopFuture<ConnectionChannel.Value> = { channel in
            connections.setup(channel: channel, logger: logger)
        }
        switch listener {
        case .host(let host, let port):
            file = nil
            channel = try await bootstrap.bind(host: host, port: port, childChannelInitializer: setUp)
        case .unix(let socket):
            let file = try await UnixSocketFile(socket)
            self.file = file
            channel = try await bootstrap.bind(
                unixDomainSocketPath: file.newPath,
                childChannelInitializer: setUp
            )
            try file.publish()
        case .inherited(let descriptor):
            file = nil
            channel = try await bootstrap.bind(descriptor, childChannelInitializer: setUp)
        }
    }

    /// Serves connections until the socket is closed and the last of them has ended.
    func serve(_ connections: ConnectionChannel, logger: Logger) async {
        defer { file?.remove() }
        await withDiscardingTaskGroup { group in
            do {
                try await channel.executeThenClose { accepted in
                    for try await connection in accepted {
                        group.addTask { await connections.handle(value: connection, logger: logger) }
                    }
                }
            } catch {
                logger.error("a listening socket failed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Accepts no more connections, and lets each of the others end.
    func shutDown() { quiescing.initiateShutdown(promise: nil) }

    /// Closes a socket that was never served.
    func close() async {
        // It is closed already if that fails.
        try? await channel.channel.close()
        file?.remove()
    }
}
