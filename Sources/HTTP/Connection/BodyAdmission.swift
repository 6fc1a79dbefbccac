import NIOCore

/// The admission of bodies of one kind on one event loop: beyond a limit requests wait, with their bodies unread.
///
/// A client that is refused at once repeats its request at once, and each time its body has to be read: many such
/// clients would take most of the server's time from the admitted requests.
final class BodyAdmission {
    /// A body that has been admitted.
    final class Admission {
        /// nil once the server has ended.
        private weak var owner: BodyAdmission?
        /// The most bytes of the body in memory before its route reads them.
        fileprivate var weight: Int
        fileprivate let start: NIODeadline
        fileprivate var counts = true
        fileprivate var isWhole = false
        /// The bytes received so far.
        var received = 0

        fileprivate init(_ owner: BodyAdmission, weight: Int, at start: NIODeadline) {
            self.owner = owner
            self.weight = weight
            self.start = start
        }

        /// Notes that the body is complete: one of unknown length may need less memory than was reserved.
        func noteWhole() { owner?.noteWhole(self) }

        /// Ends the admission, and admits waiting requests.
        func end() { owner?.end(self) }
    }

    /// Called once, with the admission, or with nil after the queue timeout; returns false if nothing waits any more.
    typealias Waiter = (Admission?) -> Bool

    /// A request whose body takes longer than this no longer counts against the limit: slow clients hold little memory,
    /// however many there are.
    static let grace = TimeAmount.milliseconds(100)
    /// The interval of the checks for waiting requests that can be admitted or have timed out.
    static let interval = TimeAmount.milliseconds(10)
    /// The most waiting requests; the bytes that came with the head of each are in memory.
    static let mostWaiting = 1_024
    /// The most bytes of a body that are read before its route reads them.
    static let readAhead = 10 * HTTPSettings.largestPiece
    /// The limit on the total weight of the admitted bodies, beyond which requests wait.
    static let limit = 50 * readAhead
    /// The limit until the queue has emptied after an overload.
    ///
    /// With the full limit every waiting request would be admitted at once and fill the queue of its route again.
    static let recoveryLimit = 4 * readAhead

    let kind: BodyKind
    private let loop: any EventLoop
    private let queueTimeout: TimeAmount
    private var queue = CircularBuffer<(waiter: Waiter, weight: Int, due: NIODeadline)>()
    /// The admissions that are younger than `grace`, and some that have ended.
    private var recent = CircularBuffer<Admission>()
    /// The total weight of the admissions that count against the limit.
    private var admitted = 0
    /// True if the route has been full since the queue was last empty.
    private var isRecovering = false
    private var isScheduled = false

    /// - Parameters:
    ///   - loop: The event loop that all calls are made on.
    ///   - kind: The kind of bodies.
    ///   - queueTimeout: The time after which a waiting request is refused.
    init(loop: any EventLoop, kind: BodyKind, queueTimeout: TimeAmount) {
        self.loop = loop
        self.kind = kind
        self.queueTimeout = queueTimeout
    }

    /// Admits a body if the limit allows it and no request waits.
    ///
    /// - Parameter length: Its length in bytes; nil if it is not known.
    /// - Returns: The admission, which has to be ended; nil if the request has to wait.
    func admit(length: Int?) -> Admission? {
        let weight = Self.weight(length)
        let now = loop.now
        uncountSlow(at: now)
        guard queue.isEmpty, fits(weight) else { return nil }
        return begin(weight, at: now)
    }

    /// Queues a request whose body was not admitted.
    ///
    /// - Parameters:
    ///   - length: The length of the body in bytes; nil if it is not known.
    ///   - waiter: Called later, never during this call.
    /// - Returns: False if the queue is full.
    func wait(length: Int?, _ waiter: @escaping Waiter) -> Bool {
        guard queue.count < Self.mostWaiting else { return false }
        queue.append((waiter, Self.weight(length), loop.now + queueTimeout))
        if !isScheduled { schedule() }
        return true
    }

    private func noteWhole(_ admission: Admission) {
        admission.isWhole = true
        let weight = Self.weight(admission.received)
        if admission.counts { admitted += weight - admission.weight }
        admission.weight = weight
    }

    private func end(_ admission: Admission) {
        uncount(admission)
        admitWaiting(at: loop.now)
    }

    private static func weight(_ length: Int?) -> Int { min(length ?? readAhead, readAhead) }

    private func fits(_ weight: Int) -> Bool {
        guard !kind.isFull() else {
            isRecovering = true
            return false
        }
        return admitted + weight <= (isRecovering ? Self.recoveryLimit : Self.limit) || admitted == 0
    }

    private func begin(_ weight: Int, at now: NIODeadline) -> Admission {
        let admission = Admission(self, weight: weight, at: now)
        admitted += weight
        recent.append(admission)
        return admission
    }

    private func uncount(_ admission: Admission) {
        if admission.counts { admitted -= admission.weight }
        admission.counts = false
    }

    private func uncountSlow(at now: NIODeadline) {
        while let first = recent.first, !first.counts || first.start + Self.grace <= now {
            recent.removeFirst()
            if !first.isWhole { uncount(first) }
        }
    }

    private func schedule() {
        isScheduled = true
        _ = loop.assumeIsolated().scheduleTask(in: Self.interval) { [self] in
            let now = loop.now
            uncountSlow(at: now)
            admitWaiting(at: now)
            while let first = queue.first, first.due <= now { _ = queue.removeFirst().waiter(nil) }
            isScheduled = false
            if queue.isEmpty { isRecovering = false } else { schedule() }
        }
    }

    private func admitWaiting(at now: NIODeadline) {
        while let first = queue.first, fits(first.weight) {
            queue.removeFirst()
            // The request may be answered, and its admission end, before this goes on.
            let admission = begin(first.weight, at: now)
            if !first.waiter(admission) { uncount(admission) }
        }
    }
}
