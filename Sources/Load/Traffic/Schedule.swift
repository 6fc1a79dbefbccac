import NIOCore

/// The times at which requests are due, and the end of the run.
///
/// With a rate, requests are due by the clock, whether the server keeps up or not.
struct Schedule {
    enum Step: Equatable {
        case send(due: NIODeadline)
        case wait(until: NIODeadline)
        case over
    }

    private let start: NIODeadline
    private let end: NIODeadline
    private let batch: Int
    /// Nanoseconds between requests; nil without a rate.
    private let interval: Double?
    private var rest: Int
    private var requests = 0

    init(_ plan: Plan, start: NIODeadline) {
        self.start = start
        end = plan.duration.map { start + TimeAmount($0) } ?? .distantFuture
        batch = plan.batch
        interval = plan.options.rate.map { Double(plan.batch) * 1e9 / Double($0) }
        rest = plan.options.events ?? .max
    }

    func next(at now: NIODeadline) -> Step {
        guard rest > 0, now < end else { return .over }
        guard let interval else { return .send(due: now) }
        let due = start + .nanoseconds(Int64(Double(requests) * interval))
        if due <= now { return .send(due: due) }
        return due < end ? .wait(until: due) : .over
    }

    /// Takes the next request; returns its number of events.
    mutating func take() -> Int {
        let count = min(batch, rest)
        rest -= count
        requests += 1
        return count
    }

    /// The number of requests that were due at a time and have not been sent.
    func overdue(at now: NIODeadline) -> Int {
        guard let interval, rest > 0 else { return 0 }
        let due = Double((min(now, end) - start).nanoseconds) / interval
        return max(0, min(Int(due.rounded(.up)) - requests, (rest - 1) / batch + 1))
    }
}
