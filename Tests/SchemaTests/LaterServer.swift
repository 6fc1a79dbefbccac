import Analytics
import Store
import Support
import Synchronization

/// A server of this program, which stores one event after the other, each of another user, in the hour of
/// `EarlierServer`.
final class LaterServer: Sendable {
    private let number: Int
    private let url: String
    private let count = Mutex(0)
    private let isStopping = Atomic(false)

    init(number: Int, url: String) {
        self.number = number
        self.url = url
    }

    /// The number of events that are stored.
    var stored: Int { count.withLock { $0 } }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Stores events until it is stopped.
    ///
    /// - Returns: Their number.
    /// - Throws: The error of the store.
    func run() async throws -> Int {
        let store = PostgresStore(url: url)
        defer { store.close() }
        while !isStopping.load(ordering: .relaxed) {
            let time = 1_224_000_000_000 + stored % 1_000 * 1_000
            let event = Event.sample(at: time, user: "later \(number)-\(stored)")
            let outcomes = try await store.append(Batch(entries: [Batch.Entry(events: [event])]))
            guard outcomes == [.stored] else { break }
            count.withLock { $0 += 1 }
        }
        return stored
    }
}
