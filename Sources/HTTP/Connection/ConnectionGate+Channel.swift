import NIOCore
import NIOHTTP1

extension ConnectionGate: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The event that the router has begun to serve the connection.
    struct Served {}

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        clients = loop.limitedClients(of: Peer(context.remoteAddress))
        if context.channel.isActive { startAlarm(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { detach() }

    func channelActive(context: ChannelHandlerContext) {
        startAlarm(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        state.noteDecoded(part)
        if loop.limiter != nil, case .head(let head) = part, let refusal = loop.refusal(of: head, from: clients) {
            receive(.refusal(refusal))
        } else {
            receive(.part(part))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        noteRead(at: .now())
        completeRead()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is Served: state.noteServed()
        case let peer as Peer: note(peer)
        case is ChannelShouldQuiesceEvent: drain()
        case is ChannelEvent:
            // The client has closed its side: an incomplete request stays incomplete.
            deadlines.noteArrived()
            receive(.event(event))
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Notes the client that a PROXY header names.
    private func note(_ peer: Peer) {
        clients = loop.limitedClients(of: peer)
        deadlines.noteArrived()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { receive(.error(error)) }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.stop()
        state.close()
        endAdmission()
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where state.beginResponse():
            context.write(wrapOutboundOut(.head(completed(head))), promise: promise)
        case .end where state.unanswered > 0:
            let isLast = state.endResponse()
            deadlines.noteActivity(at: .now())
            context.write(
                data,
                promise: isLast ? lingeringClose(closesOutput: state.isDraining, promise) : promise
            )
            guard state.unanswered == 0 else { return }
            endAdmission()
            if !state.held.isEmpty { goOn() }
        case .body where state.unanswered > 0: context.write(data, promise: promise)
        // No request waits for it: it answers malformed input, or the rest of a request that was refused here.
        default: promise?.succeed()
        }
    }

    func read(context: ChannelHandlerContext) { read(context) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let isWritable = context.channel.isWritable
        state.noteWritable(isWritable)
        if isWritable {
            deadlines.noteTaken()
        } else {
            alarm?.bringForward(to: deadlines.noteStalled(at: .now()))
        }
        context.fireChannelWritabilityChanged()
        readAgain()
    }

    /// Adds the date to the head of an answer of the router, and the header `Connection` if it is needed.
    private func completed(_ head: HTTPResponseHead) -> HTTPResponseHead {
        var head = head
        head.headers.replaceOrAdd(name: "Date", value: loop.date(at: .now()))
        guard let option = state.connectionOption else { return head }
        head.headers.replaceOrAdd(name: "Connection", value: option)
        return head
    }
}
