import NIOCore

/// Where requests of one event loop wait, their bodies unread, until there is room for what they bring.
///
/// A client that is refused at once asks again at once, and each time its body has to be taken in: many of them would
/// take most of the server's time from those who are admittedWeight.
final class BodyAdmission {
    /// A request that has gone in.
    final class Admission {
        /// What it may have in memory, as far as that is not up to its route, in bytes.
        fileprivate var weight: Int
        fileprivate let start: NIODeadline
        fileprivate var counts = true
        fileprivate var isWhole = false
        /// How much of its body has come, in bytes.
        var received = 0

        fileprivate init(_ weight: Int, at start: NIODeadline) {
            self.weight = weight
            self.start = start
        }
    }

    /// Is told, once, that it may go in, or with nil that it has waited for too long; says whether it is still there.
    typealias Waiter = (Admission?) -> Bool

    /// Whose body takes longer keeps nobody waiting: slow clients, be they ever so many, have little in memory.
    static let grace = TimeAmount.milliseconds(100)
    /// As often it is looked whether somebody can go in, or has waited for too long.
    static let interval = TimeAmount.milliseconds(10)
    /// Of each that waits, what came with its head is in memory.
    static let mostWaiting = 1_024
    /// What is read of a body before its route takes it, at most.
    static let readAhead = 10 * ConnectionChannel.largestPiece
    /// The weight of those admittedWeight beyond which others have to wait.
    static let limit = 50 * readAhead
    /// The same after a time without any room: else all who waited would come at once, and find none.
    static let recoveryLimit = 4 * readAhead

    private let loop: any EventLoop
    private let queueTimeout: TimeAmount
    private let isFull: () -> Bool
    private var queue = CircularBuffer<(waiter: Waiter, weight: Int, due: NIODeadline)>()
    /// Those who came in a short while ago, and some of them have left.
    private var recent = CircularBuffer<Admission>()
    /// The weight of those admittedWeight who count.
    private var admittedWeight = 0
    /// There has been no room at all since the queue was last empty.
    private var isRecovering = false
    private var isTicking = false

    /// - Parameters:
    ///   - loop: Where all of it happens.
    ///   - queueTimeout: Who has waited for so long is refused.
    ///   - isFull: Whether there is no room for anything that a request may bring.
    init(loop: any EventLoop, queueTimeout: TimeAmount, isFull: @escaping () -> Bool) {
        self.loop = loop
        self.queueTimeout = queueTimeout
        self.isFull = isFull
    }

    /// Goes in if there is room; whoever did has to `release`.
    ///
    /// - Parameter length: Of its body, in bytes; nil if it is not known.
    /// - Returns: nil if it has to wait.
    func admit(length: Int?) -> Admission? {
        let weight = Self.weight(length)
        let now = loop.now
        uncountSlow(at: now)
        guard queue.isEmpty, fits(weight) else { return nil }
        return begin(weight, at: now)
    }

    /// Waits; whoever is then called in has to `release`.
    ///
    /// - Parameters:
    ///   - length: Of its body, in bytes; nil if it is not known.
    ///   - waiter: Whom to call in.
    /// - Returns: Whether there was a place to wait.
    func wait(length: Int?, _ waiter: @escaping Waiter) -> Bool {
        guard queue.count < Self.mostWaiting else { return false }
        queue.append((waiter, Self.weight(length), loop.now + queueTimeout))
        if !isTicking { schedule() }
        return true
    }

    /// Notes that all of a body is there: if nobody knew how long it would be, it may take less room than was kept for it.
    func noteWhole(_ admission: Admission) {
        admission.isWhole = true
        let weight = Self.weight(admission.received)
        if admission.counts { admittedWeight += weight - admission.weight }
        admission.weight = weight
    }

    /// Comes out, which lets others in.
    func release(_ admission: Admission) {
        uncount(admission)
        admitWaiting(at: loop.now)
    }

    private static func weight(_ length: Int?) -> Int { min(length ?? readAhead, readAhead) }

    private func fits(_ weight: Int) -> Bool {
        guard !isFull() else {
            isRecovering = true
            return false
        }
        return admittedWeight + weight <= (isRecovering ? Self.recoveryLimit : Self.limit) || admittedWeight == 0
    }

    private func begin(_ weight: Int, at now: NIODeadline) -> Admission {
        let admission = Admission(weight, at: now)
        admittedWeight += weight
        recent.append(admission)
        return admission
    }

    private func uncount(_ admission: Admission) {
        if admission.counts { admittedWeight -= admission.weight }
        admission.counts = false
    }

    private func uncountSlow(at now: NIODeadline) {
        while let first = recent.first, !first.counts || first.start + Self.grace <= now {
            recent.removeFirst()
            if !first.isWhole { uncount(first) }
        }
    }

    private func schedule() {
        isTicking = true
        _ = loop.assumeIsolated().scheduleTask(in: Self.interval) { [self] in
            let now = loop.now
            uncountSlow(at: now)
            admitWaiting(at: now)
            while let first = queue.first, first.due <= now { _ = queue.removeFirst().waiter(nil) }
            isTicking = false
            if queue.isEmpty { isRecovering = false } else { schedule() }
        }
    }

    private func admitWaiting(at now: NIODeadline) {
        while let first = queue.first, fits(first.weight) {
            queue.removeFirst()
            // Who is called in may be answered, and leave, before this goes on.
            let admission = begin(first.weight, at: now)
            if !first.waiter(admission) { uncount(admission) }
        }
    }
}
