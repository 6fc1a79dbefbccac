import NIOCore
import NIOHTTPTypes

/// Ends connections whose body goes on after it was refused for its size.
///
/// The rest of a body that its route leaves unread is read to its end, which need not exist.
final class BodyGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    /// The reason for which a body is not read on; the route gets it while it reads, answers it, and the connection closes.
    enum Failure: Error {
        case tooSlow
        case tooLarge
    }

    private let maximumBytes: Int
    private var received = 0

    /// - Parameter maximumBytes: The largest body, in bytes. The route refuses it earlier and with an answer.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: received = 0
        case .body(let part):
            received += part.readableBytes
            guard received <= maximumBytes else { return context.fireErrorCaught(Failure.tooLarge) }
        case .end: break
        }
        context.fireChannelRead(data)
    }
}
