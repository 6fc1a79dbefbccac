import Synchronization

/// How many late events may be noted one by one: a token bucket.
///
/// Noting keeps the answers about their hours fast and costs the writers, who do it one after the other. Where so many
/// are late that the answers are slow anyway, their hours are marked instead, which costs next to nothing.
final class LateBudget: Sendable {
    /// Events a second.
    private static let rate = 250.0
    /// Events at once.
    private static let burst = 1_000.0

    private struct State {
        var left = LateBudget.burst
        var time: ContinuousClock.Instant
    }

    private let state: Mutex<State>

    init(now: ContinuousClock.Instant = .now) {
        state = Mutex(State(time: now))
    }

    /// Whether so many may be noted now; if so they are counted.
    func take(_ count: Int, now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            let elapsed = max(.zero, state.time.duration(to: now)) / .seconds(1)
            state.left = min(Self.burst, state.left + elapsed * Self.rate)
            state.time = max(state.time, now)
            guard Double(count) <= state.left else { return false }
            state.left -= Double(count)
            return true
        }
    }
}
