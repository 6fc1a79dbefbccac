import Synchronization

/// A token bucket that limits the late events noted one by one.
///
/// Noting an event keeps the answers about its hour fast, but only one writer at a time can note. Beyond the budget
/// whole hours are marked instead, which costs next to nothing: with so many late events their answers are slow anyway.
final class LateBudget: Sendable {
    /// The refill, in events a second.
    private static let rate = 250.0
    /// The capacity, in events.
    private static let burst = 1_000.0

    private struct State {
        var left = LateBudget.burst
        var time: ContinuousClock.Instant
    }

    private let state: Mutex<State>

    init(now: ContinuousClock.Instant = .now) {
        state = Mutex(State(time: now))
    }

    /// Takes a number of events from the budget; false if fewer are left, and then none is taken.
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
