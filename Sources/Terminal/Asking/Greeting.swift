import NIOCore

/// Sends the first bytes of a connection, before those of the handlers behind it.
final class Greeting: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The header of a proxy that asks for itself, as for its health checks.
    static let ofProxy = "PROXY UNKNOWN\r\n"

    private let text: String

    init(text: String) { self.text = text }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        context.fireChannelActive()
    }
}
