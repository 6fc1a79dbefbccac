import NIOCore

/// Where requests of one event loop wait, their bodies unread, until there is room for what they bring.
///
/// A client that is refused at once asks again at once, and each time its body has to be taken in: many of them would
/// take most of the server's time from those who are inside.
final class WaitingRoom {
    /// A request that has gone in.
    final class Visit {
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
    typealias Guest = (Visit?) -> Bool

    /// Whose body takes longer keeps nobody waiting: slow clients, be they ever so many, have little in memory.
    static let haste = TimeAmount.milliseconds(100)
    /// As often it is looked whether somebody can go in, or has waited for too long.
    static let pause = TimeAmount.milliseconds(10)
    /// Of each that waits, what came with its head is in memory.
    static let places = 1_024
    /// What is read of a body before its route takes it, at most.
    static let readAhead = 10 * EventChannel.largestPiece
    /// The weight of those inside beyond which others have to wait.
    static let crowd = 50 * readAhead
    /// The same after a time without any room: else all who waited would come at once, and find none.
    static let crowdAfterRush = 4 * readAhead

    private let loop: any EventLoop
    private let patience: TimeAmount
    private let isFull: () -> Bool
    private var queue = CircularBuffer<(guest: Guest, weight: Int, due: NIODeadline)>()
    /// Those who came in a short while ago, and some of them have left.
    private var newcomers = CircularBuffer<Visit>()
    /// The weight of those inside who count.
    private var inside = 0
    /// There has been no room at all since the queue was last empty.
    private var isRush = false
    private var isTicking = false

    /// - Parameters:
    ///   - loop: Where all of it happens.
    ///   - patience: Who has waited for so long is refused.
    ///   - isFull: Whether there is no room for anything that a request may bring.
    init(loop: any EventLoop, patience: TimeAmount, isFull: @escaping () -> Bool) {
        self.loop = loop
        self.patience = patience
        self.isFull = isFull
    }

    /// Goes in if there is room; whoever did has to `leave`.
    ///
    /// - Parameter length: Of its body, in bytes; nil if it is not known.
    /// - Returns: nil if it has to wait.
    func enter(length: Int?) -> Visit? {
        let weight = Self.weight(length)
        let now = loop.now
        forgetTheSlow(at: now)
        guard queue.isEmpty, fits(weight) else { return nil }
        return letIn(weight, at: now)
    }

    /// Waits; whoever is then called in has to `leave`.
    ///
    /// - Parameters:
    ///   - length: Of its body, in bytes; nil if it is not known.
    ///   - guest: Whom to call in.
    /// - Returns: Whether there was a place to wait.
    func wait(length: Int?, _ guest: @escaping Guest) -> Bool {
        guard queue.count < Self.places else { return false }
        queue.append((guest, Self.weight(length), loop.now + patience))
        if !isTicking { schedule() }
        return true
    }

    /// Notes that all of a body is there: if nobody knew how long it would be, it may take less room than was kept for it.
    func noteWhole(_ visit: Visit) {
        visit.isWhole = true
        let weight = Self.weight(visit.received)
        if visit.counts { inside += weight - visit.weight }
        visit.weight = weight
    }

    /// Comes out, which lets others in.
    func leave(_ visit: Visit) {
        uncount(visit)
        callIn(at: loop.now)
    }

    private static func weight(_ length: Int?) -> Int { min(length ?? readAhead, readAhead) }

    private func fits(_ weight: Int) -> Bool {
        guard !isFull() else {
            isRush = true
            return false
        }
        return inside + weight <= (isRush ? Self.crowdAfterRush : Self.crowd) || inside == 0
    }

    private func letIn(_ weight: Int, at now: NIODeadline) -> Visit {
        let visit = Visit(weight, at: now)
        inside += weight
        newcomers.append(visit)
        return visit
    }

    private func uncount(_ visit: Visit) {
        if visit.counts { inside -= visit.weight }
        visit.counts = false
    }

    private func forgetTheSlow(at now: NIODeadline) {
        while let first = newcomers.first, !first.counts || first.start + Self.haste <= now {
            newcomers.removeFirst()
            if !first.isWhole { uncount(first) }
        }
    }

    private func schedule() {
        isTicking = true
        _ = loop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in
            let now = loop.now
            forgetTheSlow(at: now)
            callIn(at: now)
            while let first = queue.first, first.due <= now { _ = queue.removeFirst().guest(nil) }
            isTicking = false
            if queue.isEmpty { isRush = false } else { schedule() }
        }
    }

    private func callIn(at now: NIODeadline) {
        while let first = queue.first, fits(first.weight) {
            queue.removeFirst()
            // Who is called in may be answered, and leave, before this goes on.
            let visit = letIn(first.weight, at: now)
            if !first.guest(visit) { uncount(visit) }
        }
    }
}
