import Analytics
import Synchronization

/// For how long the delivery of a spool has been stuck at a position.
final class DeliveryTrouble: Sendable {
    private let state = Mutex<(position: SpoolPosition, since: ContinuousClock.Instant)?>(nil)

    /// Notes that what lies at a position could not be delivered.
    ///
    /// - Returns: For how long that has been so.
    func note(at position: SpoolPosition, now: ContinuousClock.Instant = .now) -> Duration {
        state.withLock { state in
            if let known = state, known.position == position { return known.since.duration(to: now) }
            state = (position, now)
            return .zero
        }
    }

    func over() { state.withLock { $0 = nil } }
}
