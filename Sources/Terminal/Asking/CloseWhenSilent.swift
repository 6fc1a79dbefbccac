import NIOCore

/// Closes a connection over which nothing has come for the time of the `IdleStateHandler` before it.
final class CloseWhenSilent: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    init() {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
