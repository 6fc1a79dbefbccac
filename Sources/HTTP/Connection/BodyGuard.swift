import NIOCore
import NIOHTTPTypes

/// Ends a connection whose client keeps sending a body that was refused for its size.
///
/// Hummingbird reads the rest of a body that its route leaves unread; the body may be endless.
final class BodyGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    /// The reason that reading a body was stopped; the route gets it as an error, answers, and the connection closes.
    enum Failure: Error {
        case tooSlow
        case tooLarge
    }

    private let maximumBytes: Int
    private var received = 0

    /// - Parameter maximumBytes: The most bytes to read; larger than the limit at which the route refuses a body.
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
