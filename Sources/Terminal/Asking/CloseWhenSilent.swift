package import NIOCore

/// Closes a connection over which nothing has come for the time of the `IdleStateHandler` before it.
package final class CloseWhenSilent: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer

    package init() {}

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
