import NIOCore
import NIOPosix

/// Asks the server for its counts, over connections of its own.
struct Inquirer: Sendable {
    /// Why one attempt brought no counts.
    struct Failure: Error {
        let reason: String
        /// Whether asking again may help.
        let isTransient: Bool
    }

    let target: Target
    let address: SocketAddress
    let timeout: TimeAmount
    let loop: any EventLoop

    /// Lends a connection for as many questions as `body` likes to ask, one at a time.
    func converse<Result>(_ body: (inout Conversation) async throws -> Result) async throws -> Result {
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
struct Conversation {
    fileprivate let inquirer: Inquirer
    fileprivate let channel: any Channel
    fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// The server's counts for an instant, given in seconds since 1970.
    mutating func ask(_ timestamp: Int) async throws -> Counts {
        let answer = try await answer(to: timestamp)
        guard answer.status == 200 else {
            let isTransient = answer.status >= 500 || answer.status == 429
            throw Inquirer.Failure(reason: "status \(answer.status) \(answer.excerpt)", isTransient: isTransient)
        }
        let text = String(buffer: answer.body)
        guard let counts = Counts(parsing: text) else {
            throw Inquirer.Failure(reason: "these are no counts: \(answer.excerpt)", isTransient: false)
        }
        return counts
    }

    private mutating func answer(to timestamp: Int) async throws -> Answer {
        let channel = channel
        let timer = inquirer.loop.scheduleTask(in: inquirer.timeout) { channel.close(promise: nil) }
        defer { timer.cancel() }
        let path = "\(inquirer.target.path)/analytics?timestamp=\(timestamp)"
        let head = "GET \(path) HTTP/1.1\r\nHost: \(inquirer.target.authority)\r\nAccept: text/csv\r\n\r\n"
        var parser = AnswerParser()
        do {
            try await outbound.write(ByteBuffer(string: head))
            while let chunk = try await inbound.next(isolation: #isolation) {
                if let answer = try parser.parse(chunk) { return answer }
            }
        } catch {
            throw Inquirer.Failure(reason: "\(error)", isTransient: true)
        }
        throw Inquirer.Failure(reason: "the connection was closed, or there was no answer in time", isTransient: true)
    }
}
