import NIOCore
import NIOSSL
import NIOTLS

/// Ends a connection whose TLS fails, and one whose handshake takes too long.
///
/// Errors of TLS end here: the handlers behind it would take them for those of a request.
final class TLSGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: TimeAmount
    private let noteClosed: (StaticString) -> Void
    private var deadline: Scheduled<Void>?

    /// - Parameters:
    ///   - limit: The longest handshake.
    ///   - noteClosed: Called with the reason for which a connection is closed.
    init(limit: TimeAmount, noteClosed: @escaping (StaticString) -> Void) {
        self.limit = limit
        self.noteClosed = noteClosed
    }

    func channelActive(context: ChannelHandlerContext) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { [noteClosed] in
            noteClosed("the TLS handshake took too long")
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { stop() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        // The end of the input follows: browsers and others often close without the last message of TLS.
        case NIOSSLError.uncleanShutdown: break
        case let error as IOError:
            context.fireErrorCaught(error)
        default:
            if deadline != nil { noteClosed("the TLS handshake failed") }
            stop()
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        deadline?.cancel()
        deadline = nil
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// Adds TLS in front of all other handlers.
    ///
    /// - Parameters:
    ///   - certificate: The certificate of the server.
    ///   - limit: The longest handshake.
    ///   - noteClosed: Called with the reason for which a connection is closed.
    /// - Throws: The error of a pipeline that has ended.
    func addTLS(
        _ certificate: ServerCertificate,
        handshake limit: TimeAmount,
        noteClosed: @escaping (StaticString) -> Void
    ) throws {
        let handlers: [any ChannelHandler] = [
            NIOSSLServerHandler(context: certificate.context), TLSGuard(limit: limit, noteClosed: noteClosed),
        ]
        try addHandlers(handlers, position: .first)
    }
}
