/// The delay before the next attempt to reach a database: 50 ms after the first failure, doubled each time, 1 s at most.
struct BackOff {
    private static let shortest: Duration = .milliseconds(50)
    private static let longest: Duration = .seconds(1)

    private var delay = shortest
    private var last: (error: PostgresError, until: ContinuousClock.Instant)?

    /// The error of the last attempt while its delay lasts; nil when another attempt may be made.
    func refusal(at now: ContinuousClock.Instant = .now) -> PostgresError? {
        last.flatMap { now < $0.until ? $0.error : nil }
    }

    mutating func succeeded() {
        self = BackOff()
    }

    mutating func failed(_ error: PostgresError, at now: ContinuousClock.Instant = .now) {
        last = (error, now + delay)
        delay = min(delay * 2, Self.longest)
    }
}
