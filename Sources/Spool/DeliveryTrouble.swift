import Analytics
import Synchronization

/// The position at which the delivery of a spool fails, and the time since when.
final class DeliveryTrouble: Sendable {
    private let state = Mutex<(position: SpoolPosition, since: ContinuousClock.Instant)?>(nil)

    /// Notes a failed delivery at a position.
    ///
    /// - Returns: The time since the first failure there.
    func note(at position: SpoolPosition, now: ContinuousClock.Instant = .now) -> Duration {
        state.withLock { state in
            if let known = state, known.position == position { return known.since.duration(to: now) }
            state = (position, now)
            return .zero
        }
    }

    func over() { state.withLock { $0 = nil } }
}
