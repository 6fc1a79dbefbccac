/// How long to leave a database alone that could not be reached: from 50 ms, doubled each time, to 1 s.
struct BackOff {
    private static let shortest: Duration = .milliseconds(50)
    private static let longest: Duration = .seconds(1)

    private var delay = shortest
    private var last: (error: PostgresError, until: ContinuousClock.Instant)?

    /// The error of the last attempt, as long as it is too early for another one.
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
