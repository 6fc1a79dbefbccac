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

/// A connection on which one question is asked after the other.
package struct Conversation {
    fileprivate let inquirer: Inquirer
    fileprivate let channel: any Channel
    fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// The server's counts for an instant, given in seconds since 1970.
    package mutating func ask(_ timestamp: Int) async throws -> Counts {
        let reply = try await reply("GET", "/analytics?timestamp=\(timestamp)", "Accept: text/csv")
        guard reply.status == 200 else {
            let isTransient = reply.status >= 500 || reply.status == 429
            throw Inquirer.Failure(reason: "status \(reply.status) \(reply.excerpt)", isTransient: isTransient)
        }
        let text = String(buffer: reply.body)
        guard let counts = Counts(parsing: text) else {
            throw Inquirer.Failure(reason: "these are no counts: \(reply.excerpt)", isTransient: false)
        }
        return counts
    }

    /// Sends events in one body; returns how many of them were accepted.
    package mutating func post(csv: String) async throws -> Int {
        let reply = try await reply("POST", "/analytics", "Content-Type: text/csv", body: csv)
        guard reply.status == 200, let receipt = Receipt(parsing: reply.body) else {
            throw Inquirer.Failure(reason: "status \(reply.status) \(reply.excerpt)", isTransient: false)
        }
        return receipt.accepted
    }

    private mutating func reply(
        _ method: String,
        _ path: String,
        _ field: String,
        body: String = ""
    ) async throws -> Reply {
        let channel = channel
        let timer = inquirer.loop.scheduleTask(in: inquirer.timeout) { channel.close(promise: nil) }
        defer { timer.cancel() }
        let target = inquirer.target
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        let head = "\(method) \(target.path)\(path) HTTP/1.1\r\nHost: \(target.authority)\r\n\(field)\r\n\(length)\r\n"
        var parser = ReplyParser()
        do {
            try await outbound.write(ByteBuffer(string: head + body))
            while let chunk = try await inbound.next(isolation: #isolation) {
                if let reply = try parser.parse(chunk) { return reply }
            }
        } catch {
            throw Inquirer.Failure(reason: "\(error)", isTransient: true)
        }
        throw Inquirer.Failure(reason: "the connection was closed, or there was no answer in time", isTransient: true)
    }
}
