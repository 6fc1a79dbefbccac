import HTTPTypes
import NIOCore
import NIOHTTP1

/// Answers requests that store one event, and lets everything else through to Hummingbird.
///
/// Such a request costs a third of what it does on the ordinary route. Answers are in the order of the requests: what
/// comes behind a request that waits for its answer here is held until then, and what comes behind one that went to
/// Hummingbird goes there too. What has to be refused by its head alone is refused here, on both ways.
final class ConnectionGate {
    /// With so many requests waiting, no more is read from the connection.
    private static let mostWaiting = 16

    let intake: EventIntake
    var deadlines: Deadlines
    var alarm: Alarm?
    /// Who sends the requests; not asked for when nobody wants to know.
    var client: AddressPrefix?
    var context: ChannelHandlerContext?
    /// Where bytes go out as they are.
    var wire: ChannelHandlerContext?
    /// A request of which only the end is missing.
    var request: EventRequest?
    var answers = AnswerQueue()
    /// What has to wait until `answers` is empty, or all that Hummingbird was given is answered.
    var held: [Input] = []
    /// Requests that Hummingbird has not answered.
    var passedOn = 0
    /// Hummingbird has been given something since it was last told that there is no more for now.
    private var mustComplete = false
    /// A request is read that has not come to its end.
    var isReading = false
    /// What was read since the last pause became parts of requests.
    var hasReadParts = false
    /// The client speaks HTTP/1.0, and has to be told when its connection is kept.
    private(set) var isOld = false
    var dropped = Dropped.nothing
    /// No more requests are taken from the connection: it ends when those that were are answered.
    var isEnding = false
    /// Hummingbird serves the connection; at the shutdown it may never do.
    var isTaken = false
    /// The next answer that nothing waits behind is the last.
    var isShuttingDown = false
    var isReadHeld = false
    var isWritable = true
    /// The first of those held waits for room for its body.
    var isWaiting = false
    /// There is room for the bodies of the requests that were passed on.
    var admission: BodyAdmission.Admission?

    /// - Parameters:
    ///   - intake: Takes the events of this connection's event loop.
    ///   - wire: The encoder, which lets bytes pass.
    ///   - limits: How long the client may take.
    init(intake: EventIntake, wire: ChannelHandlerContext, limits: Deadlines.Limits) {
        self.intake = intake
        self.wire = wire
        deadlines = Deadlines(limits, at: .now())
    }

    // MARK: Answers

    /// The id that the client gave a request.
    func id(_ ticket: Int) -> String? { answers.id(ticket) }

    func settle(_ ticket: Int, _ state: AnswerQueue.State) { answers.settle(ticket, state) }

    /// Writes the answers that are known, up to the first that is not.
    func writeAnswers(at now: NIODeadline) {
        guard let wire else { return }
        let isStopping = isShuttingDown && held.isEmpty && !isReading
        guard let output = intake.output(of: &answers, isClosing: isStopping) else { return }
        deadlines.noteActivity(at: now)
        if isStopping, answers.isEmpty {
            isEnding = true
            dropped = .everything
        }
        let isLast = answers.isEmpty && dropped == .everything
        wire.writeAndFlush(NIOAny(output), promise: isLast ? lingeringClose(closing: true) : nil)
        goOn()
    }

    /// What was held goes its way, as far as it can.
    func goOn() {
        if answers.isEmpty, !held.isEmpty, !isWaiting {
            let inputs = held
            held = []
            for input in inputs { receive(input) }
            completeReading()
        }
        readAgain()
    }

    // MARK: Requests

    func receive(_ input: Input) {
        guard held.isEmpty else { return held.append(input) }
        switch input {
        case .part(.end) where dropped == .request:
            dropped = .nothing
        case .part where dropped != .nothing:
            break
        case .error where dropped == .everything:
            break
        case .part(.head) where isEnding, .refusal where isEnding:
            dropped = .everything
        case .part(.head(let head)) where passedOn == 0:
            request = EventRequest(head)
            if request == nil { admit(head) }
        case .part(.head(let head)):
            admit(head)
        case .part(.end(nil)):
            guard let request else { return pass(input) }
            guard let event = intake.event(of: request) else { return passRequest(with: input) }
            self.request = nil
            intake.take(event, self, answers.add(id: request.id))
        case .refusal(let refusal):
            refuse(refusal)
        case .error(let error as HTTPParserError) where !isReading && !isEnding:
            refuse(Problem(unreadable: error), nil)
        case .error:
            isEnding = true
            passRequest(with: input)
        default:
            passRequest(with: input)
        }
    }

    private func admit(_ head: HTTPRequestHead) {
        do {
            pass(.part(.head(try intake.admit(head))))
        } catch {
            refuse(error, head)
        }
    }

    /// Refuses a request in its turn, and ends the connection: what follows may be no request.
    func refuse(_ problem: Problem, _ head: HTTPRequestHead?) {
        refuse(intake.refuse(problem, head, isLast: true))
    }

    func refuse(_ refusal: Refusal) {
        guard passedOn == 0, held.isEmpty else { return held.append(.refusal(refusal)) }
        isEnding = refusal.isLast
        dropped = refusal.isLast ? .everything : .request
        settle(answers.add(id: refusal.id), .other(refusal.answer))
        writeAnswers(at: .now())
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
        // Nobody would answer.
        guard isTaken || !isShuttingDown else { return context.close(promise: nil) }
        switch input {
        case .part(let part):
            if case .head(let head) = part {
                guard mayPass(head) else { return }
                passedOn += 1
                isEnding = isEnding || !head.isKeepAlive
                isOld = head.version == .http1_0
            }
            noteBody(part)
            mustComplete = true
            context.fireChannelRead(wrapInboundOut(part))
        case .event(let event): context.fireUserInboundEventTriggered(event)
        case .error(let error): context.fireErrorCaught(error)
        case .refusal: break
        }
    }

    func completeReading() {
        guard mustComplete else { return }
        mustComplete = false
        context?.fireChannelReadComplete()
    }

    // MARK: Reading

    var mustWait: Bool {
        !isWritable || isWaiting || (isShuttingDown && isBusy && !isReading)
            || answers.count + held.count >= Self.mostWaiting
    }

    func readAgain() {
        guard isReadHeld, !mustWait else { return }
        isReadHeld = false
        deadlines.noteHeldBack(at: .now())
        context?.read()
    }
}
