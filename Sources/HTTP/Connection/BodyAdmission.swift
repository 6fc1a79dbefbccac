import NIOCore

/// Admits the bodies of one kind on one event loop: requests wait, their bodies unread, until there is room.
///
/// A client that is refused at once asks again at once, and each time its body has to be read: many of them would take
/// most of the server's time from those that have been admitted.
final class BodyAdmission {
    /// A body that has been admitted.
    final class Admission {
        /// nil once the server has ended.
        private weak var owner: BodyAdmission?
        /// Bytes that it may hold in memory before its route takes them.
        fileprivate var weight: Int
        fileprivate let start: NIODeadline
        fileprivate var counts = true
        fileprivate var isWhole = false
        /// Bytes that have come.
        var received = 0

        fileprivate init(_ owner: BodyAdmission, weight: Int, at start: NIODeadline) {
            self.owner = owner
            self.weight = weight
            self.start = start
        }

        /// Notes that all of the body is there: one of unknown length may take less room than was kept for it.
        func noteWhole() { owner?.noteWhole(self) }

        /// Ends the admission, which lets others in.
        func end() { owner?.end(self) }
    }

    /// Is called once, with the admission or, after the queue timeout, with nil; returns false if nobody waits any more.
    typealias Waiter = (Admission?) -> Bool

    /// A request whose body takes longer than this no longer counts against the limit: slow clients hold little memory,
    /// however many there are.
    static let grace = TimeAmount.milliseconds(100)
    /// The time between two looks for waiting requests that can be admitted or have timed out.
    static let interval = TimeAmount.milliseconds(10)
    /// Requests that may wait; of each, the bytes that came with its head are in memory.
    static let mostWaiting = 1_024
    /// Bytes that are read of a body before its route takes it, at most.
    static let readAhead = 10 * HTTPSettings.largestPiece
    /// The weight of the admitted bodies beyond which others have to wait.
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
    /// The weight of the admissions that count.
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

    /// Admits a body if there is room and nobody waits.
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
    ///   - waiter: Is called later, never from here.
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
