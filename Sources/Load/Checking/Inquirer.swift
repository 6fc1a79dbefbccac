import NIOCore
import NIOPosix

/// Queries the server's counts, over separate connections.
package struct Inquirer: Sendable {
    /// The reason that one query failed.
    package struct Failure: Error {
        let reason: String
        /// True if a retry may succeed.
        let isTransient: Bool
        /// True if the status was 404, which the server gives for a site that it does not know.
        var isNotFound = false
    }

    let target: Target
    let address: SocketAddress
    let timeout: TimeAmount
    let loop: any EventLoop

    init(target: Target, address: SocketAddress, timeout: TimeAmount, loop: any EventLoop) {
        self.target = target
        self.address = address
        self.timeout = timeout
        self.loop = loop
    }

    /// Queries a server by its URL, on a shared event loop.
    package init(url: String, timeout: Duration = .seconds(60)) throws {
        let target = try Target(url)
        self.init(
            target: target,
            address: try .makeAddressResolvingHost(target.host, port: target.port),
            timeout: TimeAmount(timeout),
            loop: MultiThreadedEventLoopGroup.singleton.next()
        )
    }

    /// Opens a connection for the duration of `body`, for any number of queries in sequence.
    package func converse<Result>(_ body: (inout Conversation) async throws -> Result) async throws -> Result {
        let channel = try await connect()
        return try await channel.executeThenClose { inbound, outbound in
            var conversation = Conversation(
                inquirer: self,
                channel: channel.channel,
                inbound: inbound.makeAsyncIterator(),
                outbound: outbound
            )
            return try await body(&conversation)
        }
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: loop).connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
            }
        } catch {
            throw Failure(reason: "cannot connect: \(error)", isTransient: true)
        }
    }
}
