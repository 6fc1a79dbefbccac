import NIOHTTP1

/// The state of a connection: its pending answers, the inputs that wait for them, and the phase of its end.
///
/// It is a value without a channel. Only its steps change it: each takes an input and returns the action to carry out.
struct GateState {
    /// The phases of a connection up to its end.
    enum Phase: Equatable {
        case open
        /// The server is shutting down: the first response with no request queued behind it closes the connection.
        case draining
        /// No more requests are accepted: the last pending answer ends the connection.
        case ending(isDraining: Bool)
    }

    /// The part of the input that is processed.
    enum Intake {
        case all
        /// The rest of a request that was refused is dropped.
        case nextRequest
        case nothing
    }

    /// The decoded input since the last pause of the client.
    enum Arrival {
        case nothing
        /// A request is complete.
        case whole
        /// A request is incomplete; it stays so over a pause.
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
    /// A request for the shortcut, complete but for its end.
    var candidate: BodilessRequest?
    /// The pending answers of the gate and its shortcut; while there are any, the router gets no input.
    var answers = AnswerQueue()
    /// The number of requests that the router has not answered; while there are any, the gate writes no answers.
    var unanswered = 0
    /// The inputs that wait for their turn.
    var held: [GateInput] = []
    /// True once the router serves the connection, which may never happen during a shutdown.
    var isServed = false
    /// True for an HTTP/1.0 client, which needs a header to know that its connection is kept.
    var speaksOldHTTP = false
    var isWritable = true

    var isEnding: Bool { if case .ending = phase { true } else { false } }
    var isDraining: Bool { phase == .draining || phase == .ending(isDraining: true) }
    /// True while a complete request waits for its answer.
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

    /// Notes a part of a request from the decoder.
    mutating func noteDecoded(_ part: HTTPServerRequestPart) {
        if case .end = part { arrival = .whole } else { arrival = .partial }
    }

    /// Ends a turn of reading.
    ///
    /// - Returns: The input since the last turn. If bytes were read without a decoded part, they begin a head.
    mutating func endRead() -> Arrival {
        defer { if arrival == .whole { arrival = .nothing } }
        return arrival
    }

    /// Begins to drain; returns false if the connection can end at once.
    mutating func drain() -> Bool {
        guard isServed || !answers.isEmpty else { return false }
        phase = isEnding ? .ending(isDraining: true) : .draining
        return true
    }

    /// Stops accepting requests.
    mutating func end() { phase = .ending(isDraining: isDraining) }

    /// Discards everything that waits, because the connection has ended.
    mutating func close() {
        end()
        if isWaiting { body = .none }
        candidate = nil
        answers.removeAll()
        held = []
    }
}
