import NIOCore

/// Rings on an event loop, again and again, at times that can be brought forward.
final class Alarm {
    private let loop: any EventLoop
    private let ring: (NIODeadline) -> NIODeadline?
    private var due: NIODeadline
    private var scheduled: Scheduled<Void>?

    /// - Parameters:
    ///   - loop: Where it rings and is used.
    ///   - due: When it rings first.
    ///   - ring: Is told the time, and says when to ring next.
    init(on loop: any EventLoop, due: NIODeadline, ring: @escaping (NIODeadline) -> NIODeadline?) {
        self.loop = loop
        self.due = due
        self.ring = ring
        schedule()
    }

    /// Rings by then, if it would not earlier.
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
