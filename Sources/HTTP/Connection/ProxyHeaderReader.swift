import NIOCore

/// Reads the PROXY header of a connection, tells the other handlers the peer, and removes itself.
///
/// A connection from anybody but a trusted proxy, or without a valid header, is closed: whatever follows could be
/// taken for the bytes of another client. The deadline of a request applies to the header too.
final class ProxyHeaderReader: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State {
        /// The header is incomplete.
        case reading(ByteBuffer)
        /// The header is complete; true if bytes of the client have been passed on.
        case passing(hasPassed: Bool)
        case closed
    }

    private let loop: LoopContext
    private let origin: ConnectionOrigin
    private var state = State.reading(ByteBuffer())

    /// - Parameters:
    ///   - loop: The parts that the connections of this event loop share.
    ///   - origin: Gets the peer.
    init(loop: LoopContext, origin: ConnectionOrigin) {
        self.loop = loop
        self.origin = origin
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        if !loop.settings.clients.proxies.contains(Peer(context.remoteAddress)) {
            close(context, "the peer is not a trusted proxy")
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .closed: break
        case .passing:
            state = .passing(hasPassed: true)
            context.fireChannelRead(data)
        case .reading(var bytes):
            // The buffer belongs to the state, and would be copied.
            state = .closed
            bytes.writeImmutableBuffer(unwrapInboundIn(data))
            read(context, bytes)
        }
    }

    private func read(_ context: ChannelHandlerContext, _ bytes: ByteBuffer) {
        do throws(ProxyHeader.Malformed) {
            guard let header = try ProxyHeader(parsing: bytes.readableBytesUInt8Span) else {
                state = .reading(bytes)
                return
            }
            pass(context, header, bytes)
        } catch {
            close(context, error.reason)
        }
    }

    private func pass(_ context: ChannelHandlerContext, _ header: ProxyHeader, _ bytes: ByteBuffer) {
        var peer = Peer(context.remoteAddress)
        peer.announced = header.announced
        origin.set(peer)
        context.fireUserInboundEventTriggered(peer)
        var rest = bytes
        rest.moveReaderIndex(forwardBy: header.length)
        state = .passing(hasPassed: rest.readableBytes > 0)
        if rest.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(rest)) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard case .passing(let hasPassed) = state else { return context.fireChannelReadComplete() }
        // Without bytes behind the header no request has begun.
        if hasPassed { context.fireChannelReadComplete() }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .reading = state, case .inputClosed? = event as? ChannelEvent {
            close(context, ProxyHeader.Malformed.missing.reason)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func close(_ context: ChannelHandlerContext, _ reason: StaticString) {
        state = .closed
        loop.noteClosed(reason)
        context.close(promise: nil)
    }
}

extension ProxyHeader.Malformed {
    fileprivate var reason: StaticString {
        switch self {
        case .missing: "it does not begin with a PROXY header"
        case .malformed: "its PROXY header is malformed"
        case .tooLong: "its PROXY header is too long"
        }
    }
}
