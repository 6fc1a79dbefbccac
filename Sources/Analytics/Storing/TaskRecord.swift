import FoundationEssentials
import Synchronization

/// The record of a background task: the time of its last success and the number of its failures, by which an operator
/// sees that it has stopped.
package final class TaskRecord: Sendable {
    private struct State {
        var lastSuccess: Timestamp?
        var failures = 0
        /// The time of the first failure after the last success.
        var failingSince: ContinuousClock.Instant?
    }

    package let name: String
    private let state = Mutex(State())

    package init(_ name: String) {
        self.name = name
    }

    /// The time of the last success; nil before the first.
    package var lastSuccess: Timestamp? { state.withLock { $0.lastSuccess } }
    package var failures: Int { state.withLock { $0.failures } }
    /// The time since the first failure after the last success; nil while it succeeds.
    package var failingTime: Duration? { state.withLock { $0.failingSince?.duration(to: .now) } }

    package func succeeded() {
        state.withLock { state in
            state.lastSuccess = Timestamp.now
            state.failingSince = nil
        }
    }

    package func failed() {
        state.withLock { state in
            state.failures += 1
            state.failingSince = state.failingSince ?? .now
        }
    }
}
