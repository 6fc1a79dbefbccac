import NIOCore
import NIOPosix

/// One connection that sends events, one request at a time, and is made anew when it breaks.
///
/// Confined to the event loop of its traffic.
final class Sender: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let shortestDelay: TimeAmount = .milliseconds(50)
    private static let longestDelay: TimeAmount = .seconds(1)

    /// The events of the request that is under way; empty between requests.
    private(set) var events: [Event] = []
    /// When the request should have been sent.
    private(set) var due = NIODeadline.distantPast
    private(set) var sent = NIODeadline.distantPast
    private let traffic: Traffic
    private let loop: any EventLoop
    private var context: ChannelHandlerContext?
    private var parser = ReplyParser()
    /// Kept, so that a request is written into the memory of the one before.
    private var buffer = ByteBuffer()
    private var delay = shortestDelay

    init(traffic: Traffic, loop: any EventLoop) {
        self.traffic = traffic
        self.loop = loop
    }

    var isBusy: Bool { !events.isEmpty }
    var isConnected: Bool { context != nil }

    func connect() {
        let bound = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            // After one reply there is nothing more to read: a second try is a system call for nothing.
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

    /// Takes the events of the next request.
    func take(_ count: Int, from source: inout EventSource) {
        source.take(count, into: &events)
    }

    /// Sends the events that it has taken.
    func send(_ encoder: RequestEncoder, due: NIODeadline, at now: NIODeadline) {
        encoder.write(events, into: &buffer)
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
        // Bytes that nobody asked for mean that the two sides disagree about where a reply ends.
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
        events.removeAll(keepingCapacity: true)
        reconnect()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What it was is of no use: the close that follows is what counts.
        close()
    }

    private func finish(_ reply: Reply) {
        let now = NIODeadline.now()
        delay = Self.shortestDelay
        traffic.answered(self, reply, at: now)
        events.removeAll(keepingCapacity: true)
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
