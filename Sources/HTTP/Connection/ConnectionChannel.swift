import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A Hummingbird connection with a `ConnectionGate` directly after the decoder.
struct ConnectionChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let base: HTTP1Channel.Value
        /// The peer, if a PROXY header has to name it.
        let origin: ConnectionOrigin?

        var channel: any Channel { base.channel }
    }

    private let base: HTTP1Channel
    private let limits: Deadlines.Limits
    private let makeContext: @Sendable (any EventLoop) -> LoopContext
    private let contexts = LoopContexts()

    /// - Parameters:
    ///   - base: The connection without the gate; its own idle timeout must be off.
    ///   - limits: The time limits of clients.
    ///   - makeContext: Makes the parts that the connections of an event loop share.
    init(
        _ base: HTTP1Channel,
        limits: Deadlines.Limits,
        makeContext: @escaping @Sendable (any EventLoop) -> LoopContext
    ) {
        self.base = base
        self.limits = limits
        self.makeContext = makeContext
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { base in
            let pipeline = channel.pipeline.syncOperations
            let context = contexts.context(on: channel.eventLoop, make: makeContext)
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            let wire = try pipeline.context(handlerType: HTTPResponseEncoder.self)
            let gate = ConnectionGate(loop: context, wire: wire, limits: limits)
            try pipeline.addHandler(gate, position: .before(codec))
            if let certificate = context.settings.certificate {
                try pipeline.addTLS(certificate, handshake: limits.request) {
                    // Everybody who finds the port may speak something else than TLS.
                    context.noteClosed($0, level: .debug)
                }
            }
            let origin = context.settings.clients.expectsProxyHeader ? ConnectionOrigin() : nil
            if let origin {
                try pipeline.addHandler(ProxyHeaderReader(loop: context, origin: origin), position: .first)
            }
            let value = Value(base: base, origin: origin)
            limitUnacknowledged(on: channel)
            readInSmallPieces(from: channel)
            // During a shutdown the server may release the value of a connection that it has just accepted; released
            // while the connection is open, the value would trap.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(value) {} }
            return value
        }
    }

    /// Lets the kernel close a connection whose client acknowledges no data: `ConnectionGate` notices only data that
    /// exceeds the kernel's send buffer.
    private func limitUnacknowledged(on channel: any Channel) {
        #if os(Linux)
            let milliseconds = Int(clamping: limits.request.nanoseconds / 1_000_000)
            // A connection without this option, such as a unix socket, is served all the same.
            channel.setOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: milliseconds).whenFailure { _ in }
        #endif
    }

    /// Limits the bytes of a connection in memory before its route reads them: up to ten pieces, which by default grow
    /// to 64 KiB each, and the bytes that arrive with the head of a waiting body.
    private func readInSmallPieces(from channel: any Channel) {
        let allocator = AdaptiveRecvByteBufferAllocator(
            minimum: 1 << 10,
            initial: 2 << 10,
            maximum: HTTPSettings.largestPiece
        )
        // A channel without this option keeps its default.
        channel.setOption(.recvAllocator, value: allocator).whenFailure { _ in }
        channel.setOption(.maxMessagesPerRead, value: 1).whenFailure { _ in }
    }

    func handle(value: Value, logger: Logger) async {
        value.channel.pipeline.fireUserInboundEventTriggered(ConnectionGate.Served())
        guard let origin = value.origin else { return await base.handle(value: value.base, logger: logger) }
        await ConnectionOrigin.$current.withValue(origin) { await base.handle(value: value.base, logger: logger) }
    }
}

/// The contexts of a server, one for each event loop.
private final class LoopContexts: Sendable {
    private let contexts = Mutex<[ObjectIdentifier: NIOLoopBound<LoopContext>]>([:])

    /// The context of a loop, created on first use; must be called on the loop.
    func context(on loop: any EventLoop, make: (any EventLoop) -> LoopContext) -> LoopContext {
        contexts.withLock { contexts in
            if let known = contexts[ObjectIdentifier(loop)] { return known }
            let new = NIOLoopBound(make(loop), eventLoop: loop)
            contexts[ObjectIdentifier(loop)] = new
            return new
        }.value
    }
}
