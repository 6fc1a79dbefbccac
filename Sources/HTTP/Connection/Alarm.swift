import NIOCore

/// A repeating timer on an event loop, whose next time can be brought forward.
final class Alarm {
    private let loop: any EventLoop
    private let ring: (NIODeadline) -> NIODeadline?
    private var due: NIODeadline
    private var scheduled: Scheduled<Void>?

    /// - Parameters:
    ///   - loop: The event loop of the timer and of all calls.
    ///   - due: The time of the first ring.
    ///   - ring: Called with the current time; returns the time of the next ring, or nil to end.
    init(on loop: any EventLoop, due: NIODeadline, ring: @escaping (NIODeadline) -> NIODeadline?) {
        self.loop = loop
        self.due = due
        self.ring = ring
        schedule()
    }

    /// Makes the next ring no later than a deadline.
    func bringForward(to deadline: NIODeadline) {
        guard deadline < due, scheduled != nil else { return }
        due = deadline
        scheduled?.cancel()
        schedule()
    }

    func stop() {
        scheduled?.cancel()
        scheduled = nil
    }

    private func schedule() {
        scheduled = loop.assumeIsolated().scheduleTask(deadline: due) { [self] in
            let next = ring(.now())
            guard scheduled != nil, let next else { return }
            due = next
            schedule()
        }
    }
}
