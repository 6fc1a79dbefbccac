import Synchronization

/// A sign that wakes the one task that waits for it.
final class Signal: Sendable {
    private enum State {
        case clear
        case set
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.clear)

    /// Gives the sign; several before the task looks are one.
    func set() {
        state.withLock { state in
            if case .waiting(let task) = state {
                state = .clear
                task.resume()
            } else {
                state = .set
            }
        }
    }

    /// Waits for the sign.
    func wait() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                guard case .set = state else { return state = .waiting(continuation) }
                state = .clear
                continuation.resume()
            }
        }
    }
}
