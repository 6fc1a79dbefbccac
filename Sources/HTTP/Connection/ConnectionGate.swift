import NIOCore
import NIOHTTP1

/// The one handler of every connection, between the decoder and the router.
///
/// It answers requests that its shortcut takes, refuses requests by their heads alone, keeps the answers in the order
/// of the requests, and enforces the deadlines. The rules are in `GateState`; this class carries out its actions.
final class ConnectionGate {
    let loop: LoopContext
    var state = GateState()
    var deadlines: Deadlines
    var alarm: Alarm?
    /// The clients of its requests, for the rate limit.
    var clients = LimitedClients.none
    var context: ChannelHandlerContext?
    /// The context of the encoder, which passes bytes on unchanged.
    private var wire: ChannelHandlerContext?
    /// True if a part was passed on after the last `channelReadComplete`, so that another one is due.
    private var owesReadComplete = false
    private var isReadHeld = false

    /// - Parameters:
    ///   - loop: The parts that the connections of this event loop share.
    ///   - wire: The context of the encoder.
    ///   - limits: The time limits of the client.
    init(loop: LoopContext, wire: ChannelHandlerContext, limits: Deadlines.Limits) {
        self.loop = loop
        self.wire = wire
        deadlines = Deadlines(limits, at: .now())
    }

    /// Releases the channel, which refers to this handler.
    func detach() {
        alarm?.stop()
        alarm = nil
        context = nil
        wire = nil
    }

    // MARK: Requests

    func receive(_ input: GateInput) {
        perform(state.receive(input) { loop.shortcut?.recognize($0) })
    }

    func perform(_ action: GateAction) {
        switch action {
        case .nothing: break
        case .offer(let request): offer(request)
        case .check(let head): check(head)
        case .pass(let input): passCandidate(then: input)
        case .admit(let head): admit(head)
        case .forward(let input, let sendsContinue):
            if sendsContinue { sendContinue() }
            forward(input)
        case .refuse(let problem): refuse(problem, nil)
        case .writeAnswers: writeAnswers(at: .now())
        case .close: context?.close(promise: nil)
        }
    }

    private func offer(_ request: BodilessRequest) {
        let ticket = Ticket(gate: self, number: state.nextTicket)
        if loop.shortcut?.take(request, ticket) == true {
            state.noteTaken()
        } else {
            passCandidate(then: .part(.end(nil)))
        }
    }

    private func passCandidate(then input: GateInput) {
        if let head = state.takeCandidate() { perform(state.pass(.part(.head(head)))) }
        perform(state.pass(input))
    }

    private func check(_ head: HTTPRequestHead) {
        do {
            perform(state.pass(.part(.head(try loop.rules.admit(head)))))
        } catch {
            refuse(error, head)
        }
    }

    /// Refuses a request in its turn, and ends the connection: the bytes that follow may not be a request.
    func refuse(_ problem: Problem, _ head: HTTPRequestHead?) {
        perform(state.refuse(loop.refuse(problem, head, isLast: true)))
    }

    private func forward(_ input: GateInput) {
        guard let context else { return }
        owesReadComplete = true
        switch input {
        case .part(let part):
            noteBody(part)
            context.fireChannelRead(wrapInboundOut(part))
        case .event(let event): context.fireUserInboundEventTriggered(event)
        case .error(let error): context.fireErrorCaught(error)
        case .refusal: break
        }
    }

    // MARK: Answers

    func requestID(_ ticket: Int) -> String { state.answers.id(ticket) ?? loop.newID() }

    func note(_ ticket: Int, _ answer: AnswerQueue.State) { state.note(ticket, answer) }

    func complete(_ answer: Answer, id: String) -> Answer { loop.complete(answer, id: id) }

    /// Writes the known answers up to the first unknown one.
    func writeAnswers(at now: NIODeadline) {
        guard let wire else { return }
        loop.update(at: now)
        loop.output.clear()
        let isLast = state.takeAnswers { request, isLast in loop.write(request, isLast: isLast) }
        guard let isLast else { return }
        deadlines.noteActivity(at: now)
        wire.writeAndFlush(NIOAny(loop.output), promise: isLast ? lingeringClose(closesOutput: true) : nil)
        goOn()
    }

    /// Writes bytes to the client before the next answer.
    func writeInterim(_ bytes: ByteBuffer) { wire?.writeAndFlush(NIOAny(bytes), promise: nil) }

    /// Processes the held inputs as far as possible.
    func goOn() {
        let inputs = state.takeHeld()
        for input in inputs { receive(input) }
        if !inputs.isEmpty { completeRead() }
        readAgain()
    }

    // MARK: Reading

    func completeRead() {
        guard owesReadComplete else { return }
        owesReadComplete = false
        context?.fireChannelReadComplete()
    }

    func read(_ context: ChannelHandlerContext) {
        if state.mustNotRead { isReadHeld = true } else { context.read() }
    }

    func readAgain() {
        guard isReadHeld, !state.mustNotRead else { return }
        isReadHeld = false
        deadlines.noteHeldBack(at: .now())
        context?.read()
    }
}
