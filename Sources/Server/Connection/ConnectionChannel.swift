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

/// A connection of Hummingbird's with an `ConnectionGate` directly behind the decoder.
struct ConnectionChannel: ServerChildChannel {
    /// What is read from a connection at once, in bytes.
    static let largestPiece = 16 << 10

    private let base: HTTP1Channel
    private let limits: Deadlines.Limits
    private let routes: AnalyticsRoutes
    private let limiter: RateLimiter?
    private let refusals: RefusalLog
    private let intakes = EventIntakes()

    /// - Parameters:
    ///   - base: The connection as it is without; its own idle timeout is off.
    ///   - limits: How long clients may take.
    ///   - routes: What the gate answers like.
    ///   - refusals: Is told of what could not be served.
    init(_ base: HTTP1Channel, limits: Deadlines.Limits, routes: AnalyticsRoutes, refusals: RefusalLog) {
        self.base = base
        self.limits = limits
        self.routes = routes
        limiter = routes.settings.rate.map(RateLimiter.init)
        self.refusals = refusals
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let intake = intakes.intake(on: channel.eventLoop) { loop in
                EventIntake(loop: loop, routes: routes, limiter: limiter, refusals: refusals)
            }
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            let wire = try pipeline.context(handlerType: HTTPResponseEncoder.self)
            let gate = ConnectionGate(intake: intake, wire: wire, limits: limits)
            try pipeline.addHandler(gate, position: .before(codec))
            giveUpWhatIsNotTaken(on: channel)
            readInSmallPieces(from: channel)
            // At the shutdown the server may drop a connection that it has just accepted, and what is dropped while the
            // connection is open ends the process.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(value) {} }
            return value
        }
    }

    /// Lets the kernel end a connection whose client takes nothing of what is there for it.
    ///
    /// `ConnectionGate` sees only what is too much for the kernel.
    private func giveUpWhatIsNotTaken(on channel: any Channel) {
        #if os(Linux)
            let milliseconds = Int(clamping: limits.request.nanoseconds / 1_000_000)
            // A connection that cannot have it, such as one within the machine, is served without.
            channel.setOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: milliseconds).whenFailure { _ in }
        #endif
    }

    /// Keeps small what a connection may have sent that its route has not read: up to ten pieces, which by default grow to
    /// 64 KiB each, and what comes with a head whose body has to wait.
    private func readInSmallPieces(from channel: any Channel) {
        let allocator = AdaptiveRecvByteBufferAllocator(
            minimum: 1 << 10,
            initial: 2 << 10,
            maximum: Self.largestPiece
        )
        // A channel that cannot have it reads as it always did.
        channel.setOption(.recvAllocator, value: allocator).whenFailure { _ in }
        channel.setOption(.maxMessagesPerRead, value: 1).whenFailure { _ in }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        value.channel.pipeline.fireUserInboundEventTriggered(ConnectionGate.Taken())
        await base.handle(value: value, logger: logger)
    }
}

/// The intakes of a server, one for each event loop.
private final class EventIntakes: Sendable {
    private let intakes = Mutex<[ObjectIdentifier: NIOLoopBound<EventIntake>]>([:])

    /// Called on the loop.
    func intake(on loop: any EventLoop, make: (any EventLoop) -> EventIntake) -> EventIntake {
        intakes.withLock { intakes in
            if let intake = intakes[ObjectIdentifier(loop)] { return intake }
            let intake = NIOLoopBound(make(loop), eventLoop: loop)
            intakes[ObjectIdentifier(loop)] = intake
            return intake
        }.value
    }
}
