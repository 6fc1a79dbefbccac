import NIOCore
import NIOHTTP1

/// Answers requests that store one event, and lets everything else through to Hummingbird.
///
/// Such a request costs a third of what it does on the ordinary route. Answers are in the order of the requests: what
/// comes behind a request that waits for its answer here is held until then, and what comes behind one that went to
/// Hummingbird goes there too.
final class EventGate: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// With so many requests waiting, no more is read from the connection.
    private static let mostWaiting = 64

    private enum Input {
        case part(HTTPServerRequestPart)
        case event(Any)
        case error(any Error)
    }

    private let desk: EventDesk
    private let idleTimeout: TimeAmount
    private var idle: IdleTimer?
    private var context: ChannelHandlerContext?
    /// Where bytes go out as they are.
    private var wire: ChannelHandlerContext?
    /// A request of which only the end is missing.
    private var request: EventRequest?
    private var answers = AnswerQueue()
    /// What has to wait until `answers` is empty.
    private var held: [Input] = []
    /// The shutdown, when it has to wait for the same.
    private var shutdown: Any?
    /// Requests that Hummingbird has not answered.
    private var passedOn = 0
    /// Hummingbird has been given something since it was last told that there is no more for now.
    private var mustComplete = false
    /// A request is read that has not come to its end.
    private var isReading = false
    /// Hummingbird was given what ends the connection.
    private var isEnding = false
    private var isReadHeld = false
    private var isWritable = true
    private var output = ByteBuffer()

    init(desk: EventDesk, idleTimeout: TimeAmount) {
        self.desk = desk
        self.idleTimeout = idleTimeout
    }

    // MARK: Answers

    /// The id that the client gave a request.
    func id(_ ticket: Int) -> String? { answers.id(ticket) }

    func settle(_ ticket: Int, _ state: AnswerQueue.State) { answers.settle(ticket, state) }

    /// Writes the answers that are known, up to the first that is not.
    func writeAnswers(at now: NIODeadline) {
        guard let wire else { return }
        output.clear()
        while let request = answers.next() {
            switch request.state {
            case .waiting: break
            case .stored: desk.writeStored(id: request.id, to: &output)
            case .other(let answer): answer.write(to: &output)
            }
        }
        guard output.readableBytes > 0 else { return }
        idle?.renew(at: now)
        wire.writeAndFlush(NIOAny(output), promise: nil)
        goOn()
    }

    /// What was held goes its way, as far as it can.
    private func goOn() {
        if answers.isEmpty, !held.isEmpty {
            let inputs = held
            held = []
            for input in inputs { receive(input) }
            completeReading()
        }
        if let shutdown, isQuiet, let context {
            self.shutdown = nil
            context.fireUserInboundEventTriggered(shutdown)
        }
        readAgain()
    }

    private var isQuiet: Bool { answers.isEmpty && held.isEmpty && request == nil }

    // MARK: Requests

    private func receive(_ input: Input) {
        guard held.isEmpty else { return held.append(input) }
        switch input {
        case .part(.head(let head)) where passedOn == 0 && !isEnding:
            request = EventRequest(head)
            if request == nil { pass(input) }
        case .part(.end(nil)):
            guard let request else { return pass(input) }
            guard let event = desk.event(of: request) else { return passRequest(with: input) }
            self.request = nil
            desk.take(event, self, answers.add(id: request.id))
        default:
            passRequest(with: input)
        }
    }

    /// Passes on what was kept back in the hope that it could be answered here, and what came behind it.
    private func passRequest(with input: Input) {
        if let request {
            self.request = nil
            pass(.part(.head(request.head)))
        }
        pass(input)
    }

    private func pass(_ input: Input) {
        guard answers.isEmpty, held.isEmpty, let context else { return held.append(input) }
        mustComplete = true
        switch input {
        case .part(let part):
            if case .head(let head) = part {
                passedOn += 1
                isEnding = isEnding || !head.isKeepAlive
            }
            context.fireChannelRead(wrapInboundOut(part))
        case .event(let event): context.fireUserInboundEventTriggered(event)
        case .error(let error): context.fireErrorCaught(error)
        }
    }

    private func completeReading() {
        guard mustComplete else { return }
        mustComplete = false
        context?.fireChannelReadComplete()
    }

    // MARK: Reading

    private var mustWait: Bool {
        !isWritable || (shutdown != nil && request == nil) || answers.count + held.count >= Self.mostWaiting
    }

    private func readAgain() {
        guard isReadHeld, !mustWait else { return }
        isReadHeld = false
        context?.read()
    }
}

extension EventGate {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // The pipeline of a server has an encoder; without one nothing is answered here that could not be written.
        wire = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
        isEnding = wire == nil
        if context.channel.isActive { startTimer(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        idle?.stop()
        idle = nil
        self.context = nil
        wire = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        startTimer(context)
        context.fireChannelActive()
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        guard idle == nil else { return }
        idle = IdleTimer(timeout: idleTimeout, channel: context.channel) { [self] in
            !isReading && (passedOn > 0 || !answers.isEmpty || !held.isEmpty)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .end = part { isReading = false } else { isReading = true }
        receive(.part(part))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        idle?.renew()
        completeReading()
        // A request that the shutdown waited for may have been passed on.
        if shutdown != nil { goOn() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, !isQuiet {
            shutdown = event
        } else if event is ChannelEvent {
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
        idle?.stop()
        isEnding = true
        request = nil
        answers.removeAll()
        held = []
        shutdown = nil
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // The answer to what is no request, because it cannot be parsed, is not counted.
            passedOn = max(0, passedOn - 1)
            idle?.renew()
        }
        context.write(data, promise: promise)
    }

    func read(context: ChannelHandlerContext) {
        if mustWait { isReadHeld = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        context.fireChannelWritabilityChanged()
        readAgain()
    }
}
