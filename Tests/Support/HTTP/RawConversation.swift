package import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// A connection for raw bytes.
package struct RawConversation: ~Copyable {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    private var received = ""

    /// Lends a connection to a port of this machine.
    package static func with<R>(
        port: Int,
        _ body: (inout RawConversation) async throws -> R
    ) async throws -> R {
        try await with(to: SocketAddress(ipAddress: "127.0.0.1", port: port), body)
    }

    /// Lends a connection.
    ///
    /// - Parameters:
    ///   - address: The address to connect to.
    ///   - handlers: Makes the handlers between the connection and `body`, such as one of TLS.
    ///   - body: Called with the connection.
    /// - Returns: The result of `body`.
    /// - Throws: The error of the connection or of `body`.
    package static func with<R>(
        to address: SocketAddress,
        handlers: @escaping @Sendable () throws -> [any ChannelHandler] = { [] },
        _ body: (inout RawConversation) async throws -> R
    ) async throws -> R {
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer> = try await ClientBootstrap(
            group: .singletonMultiThreadedEventLoopGroup
        )
        .channelOption(.allowRemoteHalfClosure, value: true)
        .connect(to: address) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(handlers())
                return try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            var conversation = RawConversation(
                inbound: inbound.makeAsyncIterator(),
                outbound: outbound,
                channel: channel.channel
            )
            return try await body(&conversation)
        }
    }

    package func send(_ bytes: String) async throws {
        try await outbound.write(ByteBuffer(string: bytes))
    }

    package func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Closes the output, as a client without further requests does.
    package func finish() {
        outbound.finish()
    }

    /// Resets the connection, which the server notices at once.
    package func reset() async throws {
        let lingering = linger(l_onoff: 1, l_linger: 0)
        try await (channel as? any SocketOptionProvider)?.setSoLinger(lingering).get()
        try await channel.close()
    }

    /// Waits for a number of answers; returns all answers so far.
    package mutating func answers(_ count: Int) async throws -> [RawAnswer] {
        while RawAnswer.all(in: received).count < count, try await receive() {}
        return RawAnswer.all(in: received)
    }

    /// All answers until the server closes the connection.
    package mutating func rest() async throws -> [RawAnswer] {
        while try await receive() {}
        return RawAnswer.all(in: received)
    }

    private mutating func receive() async throws -> Bool {
        do {
            guard let part = try await inbound.next(isolation: #isolation) else { return false }
            received += String(buffer: part)
            return true
        } catch let error as IOError where error.errnoCode == ECONNRESET {
            // A reset is also an end: the server has closed without reading all input.
            return false
        }
    }
}

/// One of several answers on a connection.
package struct RawAnswer: Sendable {
    /// The text from the status line to the next answer.
    package let text: String

    package var status: Int { Int(text.dropFirst(9).prefix(3)) ?? 0 }

    /// The text behind the head.
    package var body: String { text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? "" }

    /// The first value of a header.
    package subscript(_ name: String) -> String? {
        text.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
            .map { String($0.dropFirst(name.utf8.count + 2)) }
    }

    fileprivate static func all(in text: String) -> [RawAnswer] {
        var answers: [RawAnswer] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "HTTP/1.1 ") {
            let next = rest[start.upperBound...].firstRange(of: "HTTP/1.1 ")?.lowerBound ?? rest.endIndex
            // An answer is counted once its head is complete.
            let answer = String(rest[start.lowerBound..<next])
            if answer.contains("\r\n\r\n") { answers.append(RawAnswer(text: answer)) }
            rest = rest[next...]
        }
        return answers
    }
}
