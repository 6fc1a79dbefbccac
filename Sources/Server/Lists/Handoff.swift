import Synchronization

/// Hands elements from one task to another, which waits for each of them; the giver is at most one element ahead.
final class Handoff<Element: Sendable>: Sendable {
    private typealias Waiting = CheckedContinuation<Result<Element?, any Error>, Never>

    private enum State {
        case idle
        /// An element waits to be taken; the giver is told whether it was.
        case offered(Element, CheckedContinuation<Bool, Never>)
        case wanted(Waiting)
        /// The giver has ended, with an error or without one.
        case ended(Result<Element?, any Error>)
        /// Nobody will take any more.
        case closed
    }

    private let state = Mutex(State.idle)

    /// Gives an element, and waits until the one before it has been taken.
    ///
    /// - Returns: False if nobody will take it.
    func offer(_ element: Element) async -> Bool {
        await withCheckedContinuation { continuation in
            let isTaken = state.withLock { state -> Bool? in
                switch state {
                case .idle:
                    state = .offered(element, continuation)
                    return nil
                case .wanted(let taker):
                    state = .idle
                    taker.resume(returning: .success(element))
                    return true
                case .offered, .ended, .closed: return false
                }
            }
            if let isTaken { continuation.resume(returning: isTaken) }
        }
    }

    /// Ends the elements.
    ///
    /// - Parameter error: The reason, which the taker gets; nil if all have been given.
    func end(_ error: (any Error)?) {
        let end: Result<Element?, any Error> = error.map { .failure($0) } ?? .success(nil)
        let taker = state.withLock { state -> Waiting? in
            switch state {
            case .wanted(let taker):
                state = .ended(end)
                return taker
            case .idle: state = .ended(end)
            case .offered, .ended, .closed: break
            }
            return nil
        }
        taker?.resume(returning: end)
    }

    /// Takes the next element; nil after the last.
    ///
    /// - Throws: The error with which the giver has ended.
    func next() async throws -> Element? {
        try await withCheckedContinuation { (continuation: Waiting) in
            let found = state.withLock { state -> Result<Element?, any Error>? in
                switch state {
                case .idle:
                    state = .wanted(continuation)
                    return nil
                case .offered(let element, let giver):
                    state = .idle
                    giver.resume(returning: true)
                    return .success(element)
                case .ended(let end): return end
                case .wanted, .closed: return .success(nil)
                }
            }
            if let found { continuation.resume(returning: found) }
        }.get()
    }

    /// Takes no more elements.
    func close() {
        let giver = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            defer { state = .closed }
            if case .offered(_, let giver) = state { return giver }
            return nil
        }
        giver?.resume(returning: false)
    }
}
