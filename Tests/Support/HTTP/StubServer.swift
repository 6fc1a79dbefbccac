import NIOCore
package import NIOHTTP1
import NIOPosix

/// An HTTP server that answers as a test says, whatever it is asked.
package struct StubServer: Sendable {
    /// The answer to a request.
    package struct Answer: Sendable {
        let status: HTTPResponseStatus
        let headers: HTTPHeaders
        let body: [UInt8]

        package init(_ status: HTTPResponseStatus = .ok, _ headers: HTTPHeaders = [:], body: [UInt8] = []) {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    private typealias Client = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    package let port: Int

    /// Runs a server while `body` runs.
    ///
    /// - Parameters:
    ///   - answer: Called with the head of every request.
    ///   - body: Called with the server.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`.
    package static func with<R: Sendable>(
        _ answer: @escaping @Sendable (HTTPRequestHead) -> Answer,
        _ body: (StubServer) async throws -> R
    ) async throws -> R {
        let listening = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(BodyPartsOut())
                    return try Client(wrappingChannelSynchronously: channel)
                }
            }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve(listening, answer) }
            defer { group.cancelAll() }
            return try await body(StubServer(port: listening.channel.localAddress?.port ?? 0))
        }
    }

    private static func serve(
        _ listening: NIOAsyncChannel<Client, Never>,
        _ answer: @escaping @Sendable (HTTPRequestHead) -> Answer
    ) async throws {
        try await listening.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients {
                    // A client that goes away has what it wants.
                    group.addTask { try? await serve(client, answer) }
                }
            }
        }
    }

    /// Answers the first request, and closes the connection.
    private static func serve(_ client: Client, _ answer: (HTTPRequestHead) -> Answer) async throws {
        try await client.executeThenClose { requests, answers in
            for try await case .head(let request) in requests {
                let answer = answer(request)
                var headers = answer.headers
                headers.add(name: "Connection", value: "close")
                if !headers.contains(name: "Content-Length"), answer.status != .notModified {
                    headers.add(name: "Content-Length", value: "\(answer.body.count)")
                }
                let head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)
                try await answers.write(.head(head))
                try await answers.write(.body(ByteBuffer(bytes: answer.body)))
                try await answers.write(.end(nil))
                return
            }
        }
    }
}

/// Converts bodies that are written as buffers.
private final class BodyPartsOut: ChannelOutboundHandler {
    typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPServerResponsePart =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let bytes): .body(.byteBuffer(bytes))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
