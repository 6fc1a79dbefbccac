import NIOCore

/// The deadlines of a connection: for activity, for a request to arrive and for an answer to be read.
struct Deadlines {
    struct Limits {
        /// The longest time without activity.
        var idle: TimeAmount
        /// The longest time for a request to arrive, from its first byte to its last, and for an answer to be read.
        var request: TimeAmount
    }

    enum Verdict: Equatable {
        case wait(until: NIODeadline)
        /// The connection had no activity within the idle timeout.
        case idle
        /// A request has not arrived in time.
        case slowRequest
        /// The client has not read its answers in time.
        case slowReader
        /// The time to linger after the last answer is over.
        case over
    }

    /// The time for which a connection keeps reading, and drops what it reads, after its last answer.
    ///
    /// Closing with unread input would reset the connection, and the client would lose the answer.
    static let linger = TimeAmount.seconds(2)

    /// The longest time between a client's last answer and its next request while the server shuts down.
    static let drainPause = TimeAmount.seconds(1)
    /// The longest time for a request to arrive, and for an answer to be read, while the server shuts down.
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

    /// Notes that bytes were read or written.
    mutating func noteActivity(at now: NIODeadline) { lastActive = now }

    /// Notes that a request is incomplete; the deadline of one that was already arriving stays.
    ///
    /// - Returns: The deadline of the request, if it is new.
    mutating func noteArriving(at now: NIODeadline) -> NIODeadline? {
        guard arriving == nil else { return nil }
        arriving = now
        return now + limits.request
    }

    /// Notes that no request is incomplete.
    mutating func noteArrived() { arriving = nil }

    /// Restarts the time of an arriving request, which the server did not read until now.
    mutating func noteHeldBack(at now: NIODeadline) {
        if arriving != nil { arriving = now }
    }

    /// Notes that the client does not read its answers.
    ///
    /// - Returns: The deadline for reading them.
    mutating func noteStalled(at now: NIODeadline) -> NIODeadline {
        stalled = now
        return now + limits.request
    }

    mutating func noteTaken() { stalled = nil }

    /// Shortens the limits for the shutdown of the server, which clients must not delay for long.
    mutating func noteShutdown(at now: NIODeadline) {
        let last = Limits(idle: min(limits.idle, Self.drainPause), request: min(limits.request, Self.drainRequest))
        let cut = limits.request - last.request
        arriving = arriving.map { min($0 + cut, now) }
        stalled = stalled.map { min($0 + cut, now) }
        limits = last
    }

    /// Notes that the last answer was written.
    ///
    /// - Returns: The time at which the connection ends.
    mutating func noteEnd(at now: NIODeadline) -> NIODeadline {
        end = now + Self.linger
        return now + Self.linger
    }

    /// Checks the deadlines at a time.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - isBusy: True while a request waits for its answer; that time does not count against the client.
    /// - Returns: The expired deadline, or the time of the next check.
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
