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

/// A connection of Hummingbird's with a `ConnectionGate` directly behind the decoder.
struct ConnectionChannel: ServerChildChannel {
    private let base: HTTP1Channel
    private let limits: Deadlines.Limits
    private let makeContext: @Sendable (any EventLoop) -> LoopContext
    private let contexts = LoopContexts()

    /// - Parameters:
    ///   - base: The connection as it is without; its own idle timeout is off.
    ///   - limits: The times that clients may take.
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

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let context = contexts.context(on: channel.eventLoop, make: makeContext)
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            let wire = try pipeline.context(handlerType: HTTPResponseEncoder.self)
            let gate = ConnectionGate(loop: context, wire: wire, limits: limits)
            try pipeline.addHandler(gate, position: .before(codec))
            limitUnacknowledged(on: channel)
            readInSmallPieces(from: channel)
            // At the shutdown the server may drop a connection that it has just accepted, and what is dropped while the
            // connection is open ends the process.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(value) {} }
            return value
        }
    }

    /// Lets the kernel end a connection whose client takes nothing of what is there for it: `ConnectionGate` sees only
    /// what is too much for the kernel.
    private func limitUnacknowledged(on channel: any Channel) {
        #if os(Linux)
            let milliseconds = Int(clamping: limits.request.nanoseconds / 1_000_000)
            // A connection that cannot have it, such as one within the machine, is served without.
            channel.setOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: milliseconds).whenFailure { _ in }
        #endif
    }

    /// Limits the bytes of a connection that are in memory before its route reads them: up to ten pieces, which by
    /// default grow to 64 KiB each, and those that come with a head whose body has to wait.
    private func readInSmallPieces(from channel: any Channel) {
        let allocator = AdaptiveRecvByteBufferAllocator(
            minimum: 1 << 10,
            initial: 2 << 10,
            maximum: HTTPSettings.largestPiece
        )
        // A channel that cannot have it reads as it always did.
        channel.setOption(.recvAllocator, value: allocator).whenFailure { _ in }
        channel.setOption(.maxMessagesPerRead, value: 1).whenFailure { _ in }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        value.channel.pipeline.fireUserInboundEventTriggered(ConnectionGate.Served())
        await base.handle(value: value, logger: logger)
    }
}

/// The contexts of a server, one for each event loop.
private final class LoopContexts: Sendable {
    private let contexts = Mutex<[ObjectIdentifier: NIOLoopBound<LoopContext>]>([:])

    /// The context of a loop, made when first needed; called on the loop.
    func context(on loop: any EventLoop, make: (any EventLoop) -> LoopContext) -> LoopContext {
        contexts.withLock { contexts in
            if let known = contexts[ObjectIdentifier(loop)] { return known }
            let new = NIOLoopBound(make(loop), eventLoop: loop)
            contexts[ObjectIdentifier(loop)] = new
            return new
        }.value
    }
}
