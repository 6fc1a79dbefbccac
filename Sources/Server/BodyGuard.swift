import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections whose body takes too long, or goes on after it was refused for its size.
///
/// The idle timeout is renewed by each part of a body, so it does not end one that comes a byte at a time; and
/// what the route leaves unread is read to its end, which need not exist.
final class BodyGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    enum Failure: Error {
        case tooSlow
        case tooLarge
    }

    private let maximumBytes: Int
    private let deadline: TimeAmount
    private var received = 0
    private var timer: Scheduled<Void>?

    /// - Parameters:
    ///   - maximumBytes: How large a body may be. The route refuses it earlier and with an answer.
    ///   - deadline: How long a body may take, from its head to its end.
    init(maximumBytes: Int, deadline: TimeAmount) {
        self.maximumBytes = maximumBytes
        self.deadline = deadline
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            received = 0
            if head.announcesBody { startTimer(context) }
        case .body(let part):
            received += part.readableBytes
            guard received <= maximumBytes else { return fail(.tooLarge, context) }
        case .end:
            stopTimer()
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTimer()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopTimer()
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        stopTimer()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: deadline) { self.fail(.tooSlow, context) }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }

    /// The route gets the error while it reads, answers it, and the connection closes.
    private func fail(_ failure: Failure, _ context: ChannelHandlerContext) {
        stopTimer()
        context.fireErrorCaught(failure)
    }
}

extension HTTPRequest {
    fileprivate var announcesBody: Bool {
        headerFields[.transferEncoding] != nil || (headerFields[.contentLength].map { $0 != "0" } ?? false)
    }
}
