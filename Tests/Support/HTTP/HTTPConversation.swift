package import NIOCore
package import NIOHTTP1
import NIOPosix

/// A keep-alive connection to a server on this machine, for one request at a time.
package struct HTTPConversation: ~Copyable {
    private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPPart<HTTPRequestHead, ByteBuffer>>

    /// The connection was closed before the answer was complete.
    package struct Closed: Error {}

    private var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPRequestHead, ByteBuffer>>

    /// Lends a connection.
    package static func with<R>(
        host: String = "127.0.0.1",
        port: Int,
        _ body: (inout HTTPConversation) async throws -> R
    ) async throws -> R {
        try await giving(host: host, port: port) { conversation in
            var conversation = conversation
            return try await body(&conversation)
        }
    }

    /// Gives a connection away, for as long as `body` runs.
    static func giving<R>(
        host: String = "127.0.0.1",
        port: Int,
        _ body: (consuming HTTPConversation) async throws -> R
    ) async throws -> R {
        let channel: Channel = try await connect(host: host, port: port) { channel in
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            try channel.pipeline.syncOperations.addHandler(BodyPartsOut())
        }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(HTTPConversation(inbound: inbound.makeAsyncIterator(), outbound: outbound))
        }
    }

    /// Sends a request and waits for the whole answer.
    package mutating func ask(
        _ method: HTTPMethod,
        _ target: String,
        _ headers: HTTPHeaders = [:],
        body: String = ""
    ) async throws -> HTTPAnswer {
        try await ask(method, target, headers, bytes: ByteBuffer(string: body))
    }

    /// Sends a request and waits for the whole answer.
    package mutating func ask(
        _ method: HTTPMethod,
        _ target: String,
        _ headers: HTTPHeaders = [:],
        bytes: ByteBuffer
    ) async throws -> HTTPAnswer {
        try await send(method, target, headers, bytes: bytes)
        return try await readAnswer()
    }

    /// Sends a request, and waits for the head of an answer whose body is then read by `nextBytes`.
    package mutating func begin(_ target: String, _ headers: HTTPHeaders = [:]) async throws -> HTTPResponseHead {
        try await send(.GET, target, headers, bytes: ByteBuffer())
        while let part = try await inbound.next(isolation: #isolation) {
            if case .head(let head) = part { return head }
        }
        throw Closed()
    }

    /// The next bytes of the body of an answer; nil after the last.
    package mutating func nextBytes() async throws -> ByteBuffer? {
        switch try await inbound.next(isolation: #isolation) {
        case .body(let bytes): return bytes
        case .end: return nil
        case .head, nil: throw Closed()
        }
    }

    private func send(
        _ method: HTTPMethod,
        _ target: String,
        _ headers: HTTPHeaders,
        bytes: ByteBuffer
    ) async throws {
        var headers = headers
        headers.replaceOrAdd(name: "Host", value: "127.0.0.1")
        if bytes.readableBytes > 0 || method == .POST {
            headers.replaceOrAdd(name: "Content-Length", value: "\(bytes.readableBytes)")
        }
        try await outbound.write(
            .head(HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers))
        )
        if bytes.readableBytes > 0 { try await outbound.write(.body(bytes)) }
        try await outbound.write(.end(nil))
    }

    private mutating func readAnswer() async throws -> HTTPAnswer {
        var head: HTTPResponseHead?
        var body = ByteBuffer()
        while let part = try await inbound.next(isolation: #isolation) {
            switch part {
            case .head(let new): head = new
            case .body(var bytes): body.writeBuffer(&bytes)
            case .end:
                guard let head else { throw Closed() }
                return HTTPAnswer(status: Int(head.status.code), headers: head.headers, body: String(buffer: body))
            }
        }
        throw Closed()
    }
}

/// Sends raw bytes, and reads until the server closes the connection.
package func sendRaw(_ bytes: String, port: Int) async throws -> String {
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer> = try await connect(port: port) { _ in }
    return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: bytes))
        var answer = ByteBuffer()
        for try await var part in inbound { answer.writeBuffer(&part) }
        return String(buffer: answer)
    }
}

private func connect<In: Sendable, Out: Sendable>(
    host: String = "127.0.0.1",
    port: Int,
    _ configure: @escaping @Sendable (any NIOCore.Channel) throws -> Void
) async throws -> NIOAsyncChannel<In, Out> {
    try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(host: host, port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try configure(channel)
                return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
        }
}

/// Converts bodies that are written as buffers.
private final class BodyPartsOut: ChannelOutboundHandler {
    typealias OutboundIn = HTTPPart<HTTPRequestHead, ByteBuffer>
    typealias OutboundOut = HTTPClientRequestPart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPClientRequestPart =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let bytes): .body(.byteBuffer(bytes))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
