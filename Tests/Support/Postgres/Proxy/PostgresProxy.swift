import NIOCore
import NIOPosix
import Synchronization

/// A proxy between clients and PostgreSQL that cuts connections around a commit, and delays answers.
package final class PostgresProxy: Sendable {
    private typealias Side = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// The signal to close both sides of a connection.
    struct End: Error {}

    let cutting: Mutex<Cutting>
    let delay: Mutex<Duration> = Mutex(.zero)
    private let upstream: Int
    private let listening: NIOAsyncChannel<Side, Never>

    package var port: Int { listening.channel.localAddress?.port ?? 0 }

    private init(upstream: Int, seed: UInt64, listening: NIOAsyncChannel<Side, Never>) {
        self.upstream = upstream
        self.listening = listening
        cutting = Mutex(Cutting(share: 0, seed: seed))
    }

    /// Runs a proxy while `body` runs.
    ///
    /// - Parameters:
    ///   - upstream: The port of PostgreSQL on this machine.
    ///   - host: The address to listen on.
    ///   - seed: The seed of the random choice of commits to cut.
    ///   - body: Called with the proxy, which passes all messages on unchanged at first.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`.
    package static func with<R: Sendable>(
        to upstream: Int,
        host: String = "127.0.0.1",
        seed: UInt64 = 0,
        _ body: (PostgresProxy) async throws -> R
    ) async throws -> R {
        let listening = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: host, port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try Side(wrappingChannelSynchronously: channel) }
            }
        let proxy = PostgresProxy(upstream: upstream, seed: seed, listening: listening)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await proxy.run() }
            defer { group.cancelAll() }
            return try await body(proxy)
        }
    }

    /// Sets the percentage of commits to cut from now on.
    package func cut(share: Int) {
        cutting.withLock { $0.share = share }
    }

    /// The cuts so far.
    package var cuts: Cutting { cutting.withLock { $0 } }

    /// Delays every answer of PostgreSQL from now on.
    package func delayAnswers(by duration: Duration) {
        delay.withLock { $0 = duration }
    }

    private func run() async throws {
        try await listening.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients {
                    // Broken connections are the purpose of the proxy.
                    group.addTask { try? await self.forward(client) }
                }
            }
        }
    }

    private func forward(_ client: Side) async throws {
        try await client.executeThenClose { fromClient, toClient in
            let server: Side = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: "127.0.0.1", port: upstream) { channel in
                    channel.eventLoop.makeCompletedFuture { try Side(wrappingChannelSynchronously: channel) }
                }
            try await server.executeThenClose { fromServer, toServer in
                let link = ProxyLink(proxy: self)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await link.forwardRequests(fromClient, toServer) }
                    group.addTask { try await link.forwardAnswers(fromServer, toClient) }
                    // When one side has ended or was cut, the other is closed too.
                    defer { group.cancelAll() }
                    try await group.next()
                }
            }
        }
    }
}
