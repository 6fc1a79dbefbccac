import NIOCore
import NIOPosix

/// One connection that sends events, one request at a time, and reconnects when it is lost.
///
/// Confined to the event loop of its traffic.
final class Sender: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let shortestDelay: TimeAmount = .milliseconds(50)
    private static let longestDelay: TimeAmount = .seconds(1)

    /// The number among the senders, from 0 on.
    let number: Int
    /// The number of events of the open request; 0 between requests.
    private(set) var events = 0
    /// The index of the open request's site.
    private(set) var site = 0
    /// The time at which the request was due.
    private(set) var due = NIODeadline.distantPast
    private(set) var sent = NIODeadline.distantPast
    private let traffic: Traffic
    private let loop: any EventLoop
    private var context: ChannelHandlerContext?
    private var parser = ReplyParser()
    /// Kept between requests to reuse its memory.
    private var buffer = ByteBuffer()
    private var delay = shortestDelay

    init(_ number: Int, traffic: Traffic, loop: any EventLoop) {
        self.number = number
        self.traffic = traffic
        self.loop = loop
    }

    var isBusy: Bool { events > 0 }
    var isConnected: Bool { context != nil }

    func connect() {
        let bound = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            // One reply is all there is to read: a second read would be a wasted system call.
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
            }
            .connect(to: traffic.address)
            .assumeIsolated()
            .whenFailure { _ in
                self.traffic.failedToConnect()
                self.reconnect()
            }
    }

    /// Sends the next request, with a number of events.
    func send(_ events: Int, of work: any Workload, due: NIODeadline, at now: NIODeadline) {
        site = work.write(events, by: number, into: &buffer)
        self.events = events
        self.due = due
        sent = now
        context?.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func close() {
        context?.close(promise: nil)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        parser = ReplyParser()
        traffic.ready(self, at: .now())
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let chunk = unwrapInboundIn(data)
        // Bytes without an open request: the end of the reply before was misjudged.
        guard isBusy else { return close() }
        do throws(ReplyParser.Malformed) {
            if let reply = try parser.parse(chunk) { finish(reply) }
        } catch {
            close()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        traffic.lost(self)
        events = 0
        reconnect()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // `channelInactive`, which follows, handles the loss.
        close()
    }

    private func finish(_ reply: Reply) {
        let now = NIODeadline.now()
        delay = Self.shortestDelay
        traffic.answered(self, reply, at: now)
        events = 0
        if reply.closes { close() } else { traffic.ready(self, at: now) }
    }

    private func reconnect() {
        guard traffic.isSending else { return }
        loop.assumeIsolated().scheduleTask(in: delay) {
            if self.traffic.isSending { self.connect() }
        }
        delay = min(delay * 2, Self.longestDelay)
    }
}
