import Synchronization

/// The count of the hits that are kept of all sites that are followed.
final class RecentMemory: Sendable {
    /// The most hits, each of some 32 bytes.
    static let most = 2_000_000

    private let count = Mutex(0)

    /// Changes the count; false if it would be beyond the limit.
    func change(by number: Int) -> Bool {
        count.withLock { count in
            guard number <= 0 || count + number <= Self.most else { return false }
            count += number
            return true
        }
    }
}

/// Turns, of which one is taken at a time.
actor Turns {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits for a turn, after all who have waited before.
    func begin() async {
        guard isTaken else { return isTaken = true }
        // There are no more than the streams of the server.
        await withCheckedContinuation { waiting.append($0) }
    }

    func end() {
        guard !waiting.isEmpty else { return isTaken = false }
        waiting.removeFirst().resume()
    }
}
