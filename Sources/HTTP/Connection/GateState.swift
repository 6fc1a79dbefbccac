import NIOHTTP1

/// The state of a connection: who answers now, what has to wait for that, and how near the connection is to its end.
///
/// It is a value without a channel. A step takes what has happened and returns what is to be done about it; only the steps
/// change it.
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

    var phase = Phase.open
    var intake = Intake.all
    var arrival = Arrival.nothing
    var body = BodyState.none
    /// A request of which only the end is missing, kept for the shortcut.
    var candidate: BodilessRequest?
    /// The answers of the gate and its shortcut; while there are any, the router is given nothing.
    var answers = AnswerQueue()
    /// Requests that the router has not answered; while there are any, the gate answers nothing.
    var unanswered = 0
    /// Inputs that wait until it is their turn.
    var held: [GateInput] = []
    /// True once the router serves the connection; at a shutdown it may never do.
    var isServed = false
    /// True if the client speaks HTTP/1.0 and has to be told that its connection is kept.
    var speaksOldHTTP = false
    var isWritable = true

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
