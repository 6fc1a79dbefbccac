import NIOCore

/// Sends the events of a run over all connections, and counts them.
///
/// Confined to its event loop, as the senders are; other threads access it through `NIOLoopBound.with(_:)`.
final class Traffic {
    let address: SocketAddress
    var statistics: Statistics
    private let plan: Plan
    private let work: any Workload
    private let loop: any EventLoop
    private var schedule: Schedule
    private var senders: [Sender] = []
    /// Connected senders waiting for a request to be due, longest wait first.
    private var idle = CircularBuffer<Sender>()
    private var isWaking = false
    private var busy = 0
    private var lastConnected = NIODeadline.now()
    private var state = State.new

    private enum State {
        case new
        case sending(EventLoopPromise<Void>)
        /// All events are sent, but not all are answered.
        case draining(EventLoopPromise<Void>)
        case stopped(Result<Void, any Error>)
    }

    init(_ plan: Plan, _ work: any Workload, address: SocketAddress, loop: any EventLoop) {
        self.plan = plan
        self.work = work
        self.address = address
        self.loop = loop
        statistics = Statistics(sites: plan.sites.count)
        schedule = Schedule(plan, start: .now())
    }

    var isSending: Bool {
        if case .sending = state { true } else { false }
    }

    var isStopped: Bool {
        if case .stopped = state { true } else { false }
    }

    /// Starts sending; the promise succeeds when all requests are answered.
    func begin(_ promise: EventLoopPromise<Void>) {
        if case .stopped(let result) = state { return promise.completeWith(result) }
        state = .sending(promise)
        statistics.started = .now()
        lastConnected = statistics.started
        schedule = Schedule(plan, start: statistics.started)
        senders = (0..<plan.options.connections).map { Sender($0, traffic: self, loop: loop) }
        for sender in senders { sender.connect() }
        sweep()
    }

    /// Ends the run at once, with requests still open.
    func stop(_ result: Result<Void, any Error>) {
        let before = state
        if case .stopped = before { return }
        state = .stopped(result)
        statistics.finished = .now()
        statistics.merge()
        for sender in senders { sender.close() }
        // Breaks the reference cycle between senders and traffic.
        senders = []
        idle = []
        switch before {
        case .sending(let promise), .draining(let promise): promise.completeWith(result)
        case .new, .stopped: break
        }
    }

    /// Queues a connected sender until a request is due.
    func ready(_ sender: Sender, at now: NIODeadline) {
        guard isSending else { return drain() }
        idle.append(sender)
        pump(at: now)
    }

    /// Records the reply to a sender's request.
    func answered(_ sender: Sender, _ reply: Reply, at now: NIODeadline) {
        busy -= 1
        statistics.answered(reply.status, nanoseconds: Int((now - sender.due).nanoseconds))
        let count = sender.events
        switch work.settle(sender.number, reply) {
        case .stored: statistics.acknowledged[sender.site] += count
        case .partlyStored(let rejected, let reason):
            statistics.acknowledged[sender.site] += count - rejected.count
            statistics.reject(rejected.count, reason)
        case .refused: statistics.refused += count
        case .unclear: statistics.doubtful += count
        case .rejected(let reason): stop(.failure(LoadError.rejected(reason: reason)))
        }
    }

    func failedToConnect() {
        statistics.connectionErrors += 1
    }

    /// Records the loss of a connection, and of its open request if there was one.
    func lost(_ sender: Sender) {
        idle.removeAll { $0 === sender }
        guard sender.isBusy, !isStopped else { return }
        busy -= 1
        if isExpired(sender, at: .now()) { statistics.timeouts += 1 } else { statistics.connectionErrors += 1 }
        statistics.doubtful += sender.events
        work.lose(sender.number)
        drain()
    }
}

extension Traffic {
    private func isExpired(_ sender: Sender, at now: NIODeadline) -> Bool {
        now - sender.sent > TimeAmount(plan.options.timeout)
    }

    /// Assigns due requests to idle senders.
    private func pump(at now: NIODeadline) {
        while isSending, let sender = idle.first {
            switch schedule.next(at: now) {
            case .send(let due):
                idle.removeFirst()
                dispatch(sender, due: due, at: now)
            case .wait(let until): return wake(at: until)
            case .over: return finishSending(at: now)
            }
        }
    }

    private func dispatch(_ sender: Sender, due: NIODeadline, at now: NIODeadline) {
        let count = schedule.take()
        statistics.requests += 1
        statistics.events += count
        busy += 1
        sender.send(count, of: work, due: due, at: now)
    }

    private func wake(at time: NIODeadline) {
        if isWaking { return }
        isWaking = true
        loop.assumeIsolated().scheduleTask(deadline: time) {
            self.isWaking = false
            self.pump(at: .now())
        }
    }

    private func finishSending(at now: NIODeadline) {
        guard case .sending(let promise) = state else { return }
        statistics.overdue = schedule.overdue(at: now)
        state = .draining(promise)
        drain()
    }

    private func drain() {
        if case .draining = state, busy == 0 { stop(.success(())) }
    }

    /// Checks ten times a second for conditions without an event of their own: timed-out requests, a server that cannot be
    /// reached, the end of the run while all connections are idle.
    private func sweep() {
        if isStopped { return }
        let now = NIODeadline.now()
        if senders.contains(where: \.isConnected) { lastConnected = now }
        for sender in senders where sender.isBusy && isExpired(sender, at: now) { sender.close() }
        if now - lastConnected > TimeAmount(plan.options.timeout) {
            let reason = "no connection for \(plan.options.timeout)"
            stop(.failure(LoadError.unreachable(url: plan.options.url, reason: reason)))
        }
        if isSending, schedule.next(at: now) == .over { finishSending(at: now) }
        loop.assumeIsolated().scheduleTask(in: .milliseconds(100)) { self.sweep() }
    }
}
