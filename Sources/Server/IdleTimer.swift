import NIOCore

/// Ends a connection on which nothing has happened for a while.
///
/// Hummingbird's own does not know of the requests that `EventGate` answers, and would end a busy connection.
final class IdleTimer {
    private let timeout: TimeAmount
    private let channel: any Channel
    private let isBusy: () -> Bool
    private var lastActive = NIODeadline.now()
    private var scheduled: Scheduled<Void>?

    /// - Parameters:
    ///   - timeout: How long nothing may happen.
    ///   - channel: The connection. The timer is used on its event loop.
    ///   - isBusy: Whether the client waits for an answer: then it is not idle, however long that takes.
    init(timeout: TimeAmount, channel: any Channel, isBusy: @escaping () -> Bool) {
        self.timeout = timeout
        self.channel = channel
        self.isBusy = isBusy
        schedule(at: lastActive + timeout)
    }

    /// Something has happened.
    func renew(at now: NIODeadline = .now()) { lastActive = now }

    func stop() {
        scheduled?.cancel()
        scheduled = nil
    }

    private func schedule(at deadline: NIODeadline) {
        scheduled = channel.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.fire() }
    }

    private func fire() {
        let now = NIODeadline.now()
        if isBusy() { renew(at: now) }
        if now >= lastActive + timeout {
            channel.close(promise: nil)
        } else {
            schedule(at: lastActive + timeout)
        }
    }
}
