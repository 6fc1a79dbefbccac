import NIOCore
import NIOHTTP1

extension ConnectionGate: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if intake.limiter != nil { client = context.remoteAddress?.ipAddress.flatMap { AddressPrefix($0) } }
        if context.channel.isActive { startAlarm(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.stop()
        alarm = nil
        self.context = nil
        wire = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        startAlarm(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .end = part { isReading = false } else { isReading = true }
        hasReadParts = true
        if let client, case .head(let head) = part, let refusal = intake.refusal(of: head, from: client) {
            receive(.refusal(refusal))
        } else {
            receive(.part(part))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        noteRead(at: .now())
        completeReading()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is Taken {
            isTaken = true
        } else if event is ChannelShouldQuiesceEvent {
            shutDown()
        } else if event is ChannelEvent {
            // Whatever is there of a request, no more will come.
            deadlines.noteArrived()
            // The end of the client's side comes behind its requests.
            receive(.event(event))
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        receive(.error(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.stop()
        isEnding = true
        isWaiting = false
        request = nil
        answers.removeAll()
        held = []
        endAdmission()
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What Hummingbird says to a request that is none, or to the rest of one that is answered.
        guard passedOn > 0 else { return promise?.succeed() ?? () }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if isShuttingDown, passedOn == 1, held.isEmpty { isEnding = true }
            let isAnnounced = isEnding || isOld
            context.write(isAnnounced ? wrapOutboundOut(.head(announcing(head))) : data, promise: promise)
        case .end:
            passedOn -= 1
            deadlines.noteActivity(at: .now())
            let isLast = passedOn == 0 && isEnding && held.isEmpty
            context.write(data, promise: isLast ? lingeringClose(closing: isShuttingDown, promise) : promise)
            if passedOn == 0 { endAdmission() }
            if passedOn == 0, !held.isEmpty { goOn() }
        default:
            context.write(data, promise: promise)
        }
    }

    func read(context: ChannelHandlerContext) {
        if mustWait { isReadHeld = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable {
            deadlines.noteTaken()
        } else {
            alarm?.bringForward(to: deadlines.noteStalled(at: .now()))
        }
        context.fireChannelWritabilityChanged()
        readAgain()
    }

    /// An answer's head that says whether the connection goes on.
    private func announcing(_ head: HTTPResponseHead) -> HTTPResponseHead {
        var head = head
        head.headers.replaceOrAdd(name: "Connection", value: isEnding && passedOn == 1 ? "close" : "keep-alive")
        return head
    }
}
