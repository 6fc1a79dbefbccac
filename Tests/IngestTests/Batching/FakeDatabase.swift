import Analytics
import Synchronization

/// Stores users at once, but refuses some, as the real one refuses a row that cannot be stored.
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

    /// All that has been stored, in this order.
    var users: [String] { state.withLock { $0.users } }
    /// How often something was to be stored.
    var writes: Int { state.withLock { $0.writes } }

    /// What the batcher is given to write with; an entry with an answer counts as sent before.
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
