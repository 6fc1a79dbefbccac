import Analytics
import Support
import Synchronization

/// A store in memory that refuses some users, as the real one refuses rows that it cannot store.
final class FakeDatabase: Sendable {
    private struct State {
        var users: [String] = []
        var writes = 0
    }

    private let refused: Set<String>
    private let saysWhichRow: Bool
    private let state = Mutex(State())

    init(refusing refused: Set<String> = [], sayingWhichRow saysWhichRow: Bool = false) {
        self.refused = refused
        self.saysWhichRow = saysWhichRow
    }

    /// The stored users, in order.
    var users: [String] { state.withLock { $0.users } }
    /// The number of attempts to write.
    var writes: Int { state.withLock { $0.writes } }

    /// The batcher's write function; an entry with an answer counts as a repetition.
    func write(_ batch: Batch) throws -> [Outcome] {
        try state.withLock { state in
            state.writes += 1
            let rows = batch.entries.flatMap(\.events).map(\.user.text)
            if let row = rows.firstIndex(where: refused.contains) {
                throw WriteError.refused(row: saysWhichRow ? row : nil)
            }
            return batch.entries.map { entry in
                guard entry.response.isEmpty else { return .repeated(firstResponse: entry.response) }
                state.users += entry.events.map(\.user.text)
                return .stored
            }
        }
    }
}
