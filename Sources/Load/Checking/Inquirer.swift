import NIOCore
import NIOPosix

/// Asks the server for its counts, over connections of its own.
package struct Inquirer: Sendable {
    /// Why one attempt brought no counts.
    package struct Failure: Error {
        let reason: String
        /// Whether asking again may help.
        let isTransient: Bool
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

    /// Asks a server by its URL, on an event loop that others share.
    package init(url: String, timeout: Duration = .seconds(60)) throws {
        let target = try Target(url)
        self.init(
            target: target,
            address: try .makeAddressResolvingHost(target.host, port: target.port),
            timeout: TimeAmount(timeout),
            loop: MultiThreadedEventLoopGroup.singleton.next()
        )
    }

    /// Lends a connection for as many questions as `body` likes to ask, one at a time.
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
