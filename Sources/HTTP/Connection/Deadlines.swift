import NIOCore

/// How long a client may take over what it does on a connection.
struct Deadlines {
    struct Limits {
        /// How long nothing may happen.
        var idle: TimeAmount
        /// How long a request may take from its first byte to its last, and an answer to be taken.
        var request: TimeAmount
    }

    enum Verdict: Equatable {
        case wait(until: NIODeadline)
        /// Nothing has happened for too long.
        case idle
        /// A request has not arrived in time.
        case slowRequest
        /// Answers have not been taken in time.
        case slowReader
        /// The connection was about to end, and the client has had the time to see why.
        case over
    }

    /// What is left unread of a client that has been refused is read for so long, so that it sees the answer.
    static let linger = TimeAmount.seconds(2)

    /// While the server shuts down, a client may take so long from its last answer to its next request.
    static let drainPause = TimeAmount.seconds(1)
    /// While the server shuts down, a request may take so long to arrive, and an answer to be taken.
    static let drainRequest = TimeAmount.seconds(7)

    private var limits: Limits
    private var lastActive: NIODeadline
    private var arriving: NIODeadline?
    private var stalled: NIODeadline?
    private var end: NIODeadline?

    init(_ limits: Limits, at now: NIODeadline) {
        self.limits = limits
        lastActive = now
    }

    /// Something has happened.
    mutating func noteActivity(at now: NIODeadline) { lastActive = now }

    /// A part of a request is there that is not whole; the time of one that was there before goes on.
    ///
    /// - Returns: When it has to be whole, if that is new.
    mutating func noteArriving(at now: NIODeadline) -> NIODeadline? {
        guard arriving == nil else { return nil }
        arriving = now
        return now + limits.request
    }

    /// All requests that are there are whole.
    mutating func noteArrived() { arriving = nil }

    /// The server itself has kept a request from arriving until now.
    mutating func noteHeldBack(at now: NIODeadline) {
        if arriving != nil { arriving = now }
    }

    /// Answers wait to be taken.
    ///
    /// - Returns: When they have to be.
    mutating func noteStalled(at now: NIODeadline) -> NIODeadline {
        stalled = now
        return now + limits.request
    }

    mutating func noteTaken() { stalled = nil }

    /// The server shuts down: no client may hold that up for long.
    mutating func noteShutdown(at now: NIODeadline) {
        let last = Limits(idle: min(limits.idle, Self.drainPause), request: min(limits.request, Self.drainRequest))
        let cut = limits.request - last.request
        arriving = arriving.map { min($0 + cut, now) }
        stalled = stalled.map { min($0 + cut, now) }
        limits = last
    }

    /// The last answer was given.
    ///
    /// - Returns: When the connection ends.
    mutating func noteEnd(at now: NIODeadline) -> NIODeadline {
        end = now + Self.linger
        return now + Self.linger
    }

    /// What is to be done at a time, while a request may wait for its answer: then the client is not to blame.
    mutating func verdict(at now: NIODeadline, isBusy: Bool) -> Verdict {
        if let stalled, now >= stalled + limits.request { return .slowReader }
        if let end { return now >= end ? .over : .wait(until: end) }
        if isBusy {
            lastActive = now
            noteHeldBack(at: now)
        }
        if let arriving, now >= arriving + limits.request { return .slowRequest }
        let moments = [arriving, stalled].compactMap { $0.map { $0 + limits.request } }
        if let due = moments.min() { return .wait(until: due) }
        return now >= lastActive + limits.idle ? .idle : .wait(until: lastActive + limits.idle)
    }
}
