import NIOHTTP1

/// The state of a connection: who answers now, what has to wait for that, and how near the connection is to its end.
///
/// It is a value without a channel. A step takes what has happened and returns what is to be done about it.
struct GateState {
    /// The ways in which a connection comes to its end.
    enum Phase: Equatable {
        case open
        /// The server is shutting down: the first response with no request queued behind it closes the connection.
        case draining
        /// No more requests are taken: the connection ends with the last answer that is due.
        case ending(isDraining: Bool)
    }

    /// The part of the input that is looked at.
    enum Intake {
        case all
        /// The rest of a request that was refused is dropped.
        case nextRequest
        case nothing
    }

    /// The decoded input since the last pause of the client.
    enum Arrival {
        case nothing
        /// A request has come to its end.
        case whole
        /// A request has begun and not come to its end; it stays so over a pause.
        case partial
    }

    /// The admission of the bodies of the requests that the router has.
    enum BodyState {
        case none
        /// The first of the held inputs is a head that waits for admission.
        case waiting
        case admitted(BodyAdmission.Admission)
    }

    /// Reading stops while this many inputs wait.
    static let mostWaiting = 16

    private(set) var phase = Phase.open
    private(set) var intake = Intake.all
    private(set) var arrival = Arrival.nothing
    private(set) var body = BodyState.none
    /// A request of which only the end is missing, kept for the shortcut.
    private(set) var candidate: BodilessRequest?
    /// The answers of the gate and its shortcut; while there are any, the router is given nothing.
    private(set) var answers = AnswerQueue()
    /// Requests that the router has not answered; while there are any, the gate answers nothing.
    private(set) var unanswered = 0
    /// Inputs that wait until it is their turn.
    private(set) var held: [GateInput] = []
    /// True once the router serves the connection; at a shutdown it may never do.
    private(set) var isServed = false
    /// True if the client speaks HTTP/1.0 and has to be told that its connection is kept.
    private var speaksOldHTTP = false
    private var isWritable = true

    var isEnding: Bool { if case .ending = phase { true } else { false } }
    var isDraining: Bool { phase == .draining || phase == .ending(isDraining: true) }
    /// True while a request that is whole waits for its answer.
    var isBusy: Bool { unanswered > (arrival == .partial ? 1 : 0) || !answers.isEmpty || !held.isEmpty }
    var isWaiting: Bool { if case .waiting = body { true } else { false } }
    /// True if the router has the head of the request that is arriving, and so has to answer it.
    var hasPassedHead: Bool { arrival == .partial && candidate == nil }
    /// True while nothing more may be read from the connection.
    var mustNotRead: Bool {
        !isWritable || isWaiting || (isDraining && isBusy && arrival != .partial)
            || answers.count + held.count >= Self.mostWaiting
    }
}

// MARK: Requests

extension GateState {
    /// Takes an input of the connection, or one that was held.
    ///
    /// - Parameters:
    ///   - input: The next input.
    ///   - recognize: Returns the request that a head begins, if the shortcut may answer it.
    /// - Returns: The action that the input asks for.
    mutating func receive(_ input: GateInput, recognize: (HTTPRequestHead) -> BodilessRequest?) -> GateAction {
        guard held.isEmpty else { return hold(input) }
        switch input {
        case .part(let part): return receive(part, recognize)
        case .event: return .pass(input)
        case .refusal(let refusal):
            guard !isEnding else { return closeIntake() }
            return refuse(refusal)
        case .error(let error):
            guard intake != .nothing else { return .nothing }
            if let error = error as? HTTPParserError, arrival != .partial, !isEnding {
                return .refuse(Problem(unreadable: error))
            }
            end()
            return .pass(input)
        }
    }

    private mutating func receive(
        _ part: HTTPServerRequestPart,
        _ recognize: (HTTPRequestHead) -> BodilessRequest?
    ) -> GateAction {
        switch (part, intake) {
        case (.end, .nextRequest):
            intake = .all
            return .nothing
        case (_, .nextRequest), (_, .nothing): return .nothing
        case (.head, .all) where isEnding: return closeIntake()
        case (.head(let head), .all):
            if unanswered == 0 { candidate = recognize(head) }
            return candidate == nil ? .check(head) : .nothing
        case (.end(nil), .all):
            return candidate.map(GateAction.offer) ?? .pass(.part(part))
        case (.body, .all), (.end, .all): return .pass(.part(part))
        }
    }

    /// Notes that the shortcut has taken the candidate.
    mutating func noteTaken() {
        _ = answers.add(id: candidate?.id)
        candidate = nil
    }

    /// Gives up the candidate; its head goes to the router.
    mutating func takeCandidate() -> HTTPRequestHead? {
        defer { candidate = nil }
        return candidate?.head
    }

    /// Brings an input on its way to the router.
    mutating func pass(_ input: GateInput) -> GateAction {
        guard answers.isEmpty, held.isEmpty else { return hold(input) }
        // Nobody would answer.
        guard isServed || !isDraining else { return .close }
        guard case .part(.head(let head)) = input else { return .forward(input, sendsContinue: false) }
        guard head.hasBody else { return forward(head) }
        // The word to go on would come among the answers to the requests before.
        if head.expectsContinue, unanswered > 0 { return hold(input) }
        if case .admitted = body { return forward(head) }
        return .admit(head)
    }

    /// Notes that a body may come, and passes its head on.
    mutating func admit(_ head: HTTPRequestHead, _ admission: BodyAdmission.Admission) -> GateAction {
        body = .admitted(admission)
        return forward(head)
    }

    private mutating func forward(_ head: HTTPRequestHead) -> GateAction {
        unanswered += 1
        if !head.isKeepAlive { end() }
        speaksOldHTTP = head.version == .http1_0
        return .forward(.part(.head(head)), sendsContinue: head.hasBody && head.expectsContinue)
    }

    /// Puts a refusal into its turn.
    mutating func refuse(_ refusal: Refusal) -> GateAction {
        guard unanswered == 0, held.isEmpty else { return hold(.refusal(refusal)) }
        if refusal.isLast { end() }
        intake = refusal.isLast ? .nothing : .nextRequest
        answers.note(answers.add(id: refusal.id), .other(refusal.answer))
        return .writeAnswers
    }

    private mutating func hold(_ input: GateInput) -> GateAction {
        held.append(input)
        return .nothing
    }

    private mutating func closeIntake() -> GateAction {
        intake = .nothing
        return .nothing
    }
}

// MARK: Waiting

extension GateState {
    /// Leaves a head waiting for the admission of its body.
    mutating func awaitAdmission(_ head: HTTPRequestHead) {
        body = .waiting
        held.append(.part(.head(head)))
    }

    /// Ends the wait for admission.
    ///
    /// - Parameters:
    ///   - admission: nil if there was none in time.
    ///   - refusal: Makes the refusal for that case.
    /// - Returns: False if nothing waits any more.
    mutating func endWait(_ admission: BodyAdmission.Admission?, refusal: () -> Refusal) -> Bool {
        guard isWaiting else { return false }
        body = admission.map(BodyState.admitted) ?? .none
        if admission == nil { held[0] = .refusal(refusal()) }
        return true
    }

    /// Takes the admission out, which has to be ended.
    mutating func takeAdmission() -> BodyAdmission.Admission? {
        guard case .admitted(let admission) = body else { return nil }
        body = .none
        return admission
    }

    /// Takes out what was held, to be received again; nothing as long as it has to wait.
    mutating func takeHeld() -> [GateInput] {
        guard answers.isEmpty, !isWaiting else { return [] }
        defer { held = [] }
        return held
    }
}

// MARK: Answers

extension GateState {
    /// The ticket of the next request that the shortcut takes.
    var nextTicket: Int { answers.nextTicket }

    /// Notes the answer to a request.
    mutating func note(_ ticket: Int, _ answer: AnswerQueue.State) { answers.note(ticket, answer) }

    /// Takes the answers out that are known, up to the first that is not.
    ///
    /// - Parameter write: Writes an answer, which may be the last of the connection.
    /// - Returns: True if the connection ends with what was written; nil if nothing was.
    mutating func takeAnswers(_ write: (_ answer: AnswerQueue.Request, _ isLast: Bool) -> Void) -> Bool? {
        let isStopping = isDraining && held.isEmpty && arrival != .partial
        let waiting = answers.count
        while let request = answers.next() { write(request, isStopping && answers.isEmpty) }
        guard answers.count < waiting else { return nil }
        if isStopping, answers.isEmpty {
            end()
            intake = .nothing
        }
        return answers.isEmpty && intake == .nothing
    }

    /// Begins an answer of the router.
    ///
    /// - Returns: False if no request waits for one: it answers malformed input, or the rest of a request that has been
    ///   refused here.
    mutating func beginResponse() -> Bool {
        guard unanswered > 0 else { return false }
        if isDraining, unanswered == 1, held.isEmpty { end() }
        return true
    }

    /// The value of `Connection` in an answer of the router; nil if it need not be said.
    var connectionOption: String? {
        guard isEnding || speaksOldHTTP else { return nil }
        return isEnding && unanswered == 1 ? "close" : "keep-alive"
    }

    /// Ends an answer of the router; true if the connection ends with it.
    mutating func endResponse() -> Bool {
        unanswered -= 1
        return unanswered == 0 && isEnding && held.isEmpty
    }
}

// MARK: The connection

extension GateState {
    mutating func noteServed() { isServed = true }
    mutating func noteWritable(_ isWritable: Bool) { self.isWritable = isWritable }

    /// Notes that the decoder has given a part of a request.
    mutating func noteDecoded(_ part: HTTPServerRequestPart) {
        if case .end = part { arrival = .whole } else { arrival = .partial }
    }

    /// Ends a turn of reading.
    ///
    /// - Returns: The input since the last one. Bytes that became no part of a request are the beginning of a head.
    mutating func endRead() -> Arrival {
        defer { if arrival == .whole { arrival = .nothing } }
        return arrival
    }

    /// Begins to drain; false if the connection can end at once.
    mutating func drain() -> Bool {
        guard isServed || !answers.isEmpty else { return false }
        phase = isEnding ? .ending(isDraining: true) : .draining
        return true
    }

    /// Takes no more requests.
    mutating func end() { phase = .ending(isDraining: isDraining) }

    /// Forgets all that the connection waited for: it has ended.
    mutating func close() {
        end()
        if isWaiting { body = .none }
        candidate = nil
        answers.removeAll()
        held = []
    }
}

extension HTTPRequestHead {
    var hasBody: Bool { headers.contains(name: "Transfer-Encoding") || bodyLength ?? 0 > 0 }

    /// The length of the body in bytes; nil if it is not known.
    var bodyLength: Int? { headers.first(name: "Content-Length").flatMap { Int($0) } }

    /// RFC 9110, section 10.1.1: not to be heeded from a client that speaks HTTP/1.0.
    fileprivate var expectsContinue: Bool {
        version != .http1_0 && headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    }
}
